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
 * A client that watches an account's feed and records every event.
 */
public final class Watcher implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final LinkedBlockingQueue<Seen> received = new LinkedBlockingQueue<>();

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
	 * The HTTP status of the response.
	 */
	public int status() {
		return this.response.join().statusCode();
	}

	/**
	 * Waits for the next event and returns it.
	 */
	public Seen next() {
		try {
			Seen event = this.received.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			if (event == null) {
				throw new AssertionError("no event within " + TIMEOUT + ", ended " + this.ended + "; seen so far: "
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
	 * Reads events until one matches.
	 * @return the event that matches
	 */
	public Seen await(Predicate<Seen> condition) {
		Seen event = next();
		while (!condition.test(event)) {
			event = next();
		}
		return event;
	}

	/**
	 * All events that the test has read, in order.
	 */
	public List<Seen> seen() {
		return List.copyOf(this.seen);
	}

	/**
	 * The number of heartbeat comments so far.
	 */
	public int heartbeats() {
		return this.heartbeats.get();
	}

	/**
	 * Waits for the service to end the stream.
	 */
	public void awaitEnd(Duration timeout) {
		this.ended.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
	}

	@Override
	public void close() {
		this.response.thenAccept((response) -> response.body().close()).join();
	}

	private void read() {
		try (Stream<String> lines = this.response.join().body()) {
			Map<String, String> fields = new HashMap<>();
			lines.forEach((line) -> readLine(line, fields));
			this.ended.complete(null);
		}
		catch (RuntimeException ex) {
			this.ended.completeExceptionally(ex);
		}
	}

	private void readLine(String line, Map<String, String> fields) {
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
			this.received.add(
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
		 * The event number, which follows the epoch in the id.
		 */
		public long seq() {
			return Long.parseLong(String.valueOf(this.id).replaceAll(".*-", ""));
		}

	}

}
