package dev.latchkey.testing;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Somebody who watches an account's feed and writes down every event.
 */
public final class Watcher implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration PATIENCE = Duration.ofSeconds(15);

	private final LinkedBlockingQueue<Seen> arrived = new LinkedBlockingQueue<>();

	private final AtomicInteger heartbeats = new AtomicInteger();

	private final List<Seen> seen = new ArrayList<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final CompletableFuture<HttpResponse<Stream<String>>> response;

	Watcher(HttpClient http, HttpRequest request) {
		this.response = http.sendAsync(request, HttpResponse.BodyHandlers.ofLines());
		Thread reader = new Thread(this::read, "watcher");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * The status of the answer.
	 */
	public int status() {
		return this.response.join().statusCode();
	}

	/**
	 * Waits for the next event.
	 */
	public Seen next() {
		try {
			Seen event = this.arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			if (event == null) {
				throw new AssertionError("no event within " + PATIENCE + ", ended " + this.ended + "; seen so far: "
						+ this.seen.size() + ", last " + lastSeen());
			}
			this.seen.add(event);
			return event;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private @Nullable Seen lastSeen() {
		return this.seen.isEmpty() ? null : this.seen.get(this.seen.size() - 1);
	}

	/**
	 * Waits until an event fits.
	 * @return that event
	 */
	public Seen await(Predicate<Seen> wanted) {
		Seen event = next();
		while (!wanted.test(event)) {
			event = next();
		}
		return event;
	}

	/**
	 * Everything that was waited for, in order.
	 */
	public List<Seen> seen() {
		return List.copyOf(this.seen);
	}

	/**
	 * How many comments have shown that the stream lives.
	 */
	public int heartbeats() {
		return this.heartbeats.get();
	}

	/**
	 * Waits for the service to end the stream.
	 */
	public void awaitEnd(Duration patience) {
		this.ended.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	@Override
	public void close() {
		this.response.thenAccept((answer) -> answer.body().close()).join();
	}

	private void read() {
		try (Stream<String> lines = this.response.join().body()) {
			Map<String, String> fields = new HashMap<>();
			lines.forEach((line) -> take(line, fields));
			this.ended.complete(null);
		}
		catch (RuntimeException ex) {
			this.ended.completeExceptionally(ex);
		}
	}

	private void take(String line, Map<String, String> fields) {
		int colon = line.indexOf(':');
		if (colon == 0) {
			this.heartbeats.incrementAndGet();
		}
		else if (colon > 0) {
			fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
		}
		else if (line.isEmpty() && fields.containsKey("data")) {
			if (!Set.of("start", "reset", "reconnect").contains(fields.get("event"))) {
				OpenApiContract.item("AccountEvent", fields.get("data"));
			}
			this.arrived.add(
					new Seen(fields.get("id"), String.valueOf(fields.get("event")), JSON.readTree(fields.get("data"))));
			fields.clear();
		}
		else if (line.isEmpty()) {
			fields.clear();
		}
	}

	/**
	 * One event of the stream.
	 */
	public record Seen(@Nullable String id, String event, JsonNode data) {

		/**
		 * The number behind the epoch.
		 */
		public long seq() {
			return Long.parseLong(String.valueOf(this.id).replaceAll(".*-", ""));
		}

	}

}
