package dev.latchkey.testing;

import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who follows a feed as a browser does: whenever the stream ends, they wait as
 * long as they were told and go on behind the last event they have seen.
 */
public final class ReconnectingWatcher implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Client client;

	private final String account;

	private final List<Long> seen = new CopyOnWriteArrayList<>();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final CountDownLatch leaving = new CountDownLatch(1);

	private final CountDownLatch begun = new CountDownLatch(1);

	private final AtomicInteger streams = new AtomicInteger();

	private @Nullable String last;

	private Duration wait = Duration.ofSeconds(1);

	public ReconnectingWatcher(Client client, String account) {
		this.client = client;
		this.account = account;
		Thread reader = new Thread(this::follow, "follower");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Waits until the first stream has begun.
	 */
	public ReconnectingWatcher awaitStart() throws InterruptedException {
		if (!this.begun.await(15, TimeUnit.SECONDS)) {
			throw new AssertionError("no start: " + this.faults);
		}
		return this;
	}

	/**
	 * The numbers of what was seen, in order, the present end at the start first.
	 */
	public List<Long> seen() {
		return List.copyOf(this.seen);
	}

	/**
	 * Streams that were refused or cut off.
	 */
	public List<String> faults() {
		return List.copyOf(this.faults);
	}

	/**
	 * How many streams it took.
	 */
	public int streams() {
		return this.streams.get();
	}

	@Override
	public void close() {
		this.leaving.countDown();
	}

	private void follow() {
		try {
			do {
				watch();
			}
			while (!this.leaving.await(this.wait.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void watch() {
		String[] headers = (this.last != null)
				? new String[] { "Accept", "text/event-stream", "Last-Event-ID", this.last }
				: new String[] { "Accept", "text/event-stream" };
		HttpRequest request = this.client.request("GET", "/accounts/" + this.account + "/events", null, headers);
		this.streams.incrementAndGet();
		try {
			HttpResponse<Stream<String>> answer = this.http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
				.join();
			if (answer.statusCode() != 200) {
				this.faults.add("status " + answer.statusCode());
			}
			try (Stream<String> lines = answer.body()) {
				lines.takeWhile((line) -> this.leaving.getCount() > 0).forEach(this::hear);
			}
		}
		catch (CompletionException | UncheckedIOException ex) {
			this.faults.add(String.valueOf(ex.getCause()));
		}
	}

	private void hear(String line) {
		if (line.startsWith("id: ")) {
			this.last = line.substring(4);
			this.seen.add(Long.parseLong(line.substring(line.indexOf('-') + 1)));
			this.begun.countDown();
		}
		else if (line.startsWith("retry: ")) {
			this.wait = Duration.ofMillis(Long.parseLong(line.substring(7)));
		}
	}

}
