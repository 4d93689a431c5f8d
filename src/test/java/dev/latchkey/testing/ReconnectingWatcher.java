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
 * A client that watches a feed as a browser does: whenever the stream ends, it waits for
 * the time that the service has set and continues after the last event it has received.
 */
public final class ReconnectingWatcher implements AutoCloseable {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Client client;

	private final String account;

	private final List<Long> received = new CopyOnWriteArrayList<>();

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final CountDownLatch started = new CountDownLatch(1);

	private final AtomicInteger streams = new AtomicInteger();

	private @Nullable String lastEventId;

	private Duration reconnectDelay = Duration.ofSeconds(1);

	public ReconnectingWatcher(Client client, String account) {
		this.client = client;
		this.account = account;
		Thread reader = new Thread(this::run, "reconnecting-watcher");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Waits until the first stream has started.
	 */
	public ReconnectingWatcher awaitStart() throws InterruptedException {
		if (!this.started.await(15, TimeUnit.SECONDS)) {
			throw new AssertionError("no start: " + this.faults);
		}
		return this;
	}

	/**
	 * The numbers of the received events, in order; the first one is that of the position
	 * at the start.
	 */
	public List<Long> received() {
		return List.copyOf(this.received);
	}

	/**
	 * Streams that were rejected or cut off.
	 */
	public List<String> faults() {
		return List.copyOf(this.faults);
	}

	/**
	 * The number of streams opened so far.
	 */
	public int streams() {
		return this.streams.get();
	}

	@Override
	public void close() {
		this.closed.countDown();
	}

	private void run() {
		try {
			do {
				readStream();
			}
			while (!this.closed.await(this.reconnectDelay.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void readStream() {
		String[] headers = (this.lastEventId != null)
				? new String[] { "Accept", "text/event-stream", "Last-Event-ID", this.lastEventId }
				: new String[] { "Accept", "text/event-stream" };
		HttpRequest request = this.client.request("GET", "/accounts/" + this.account + "/events", null, headers);
		this.streams.incrementAndGet();
		try {
			HttpResponse<Stream<String>> response = this.http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
				.join();
			if (response.statusCode() != 200) {
				this.faults.add("status " + response.statusCode());
			}
			try (Stream<String> lines = response.body()) {
				lines.takeWhile((line) -> this.closed.getCount() > 0).forEach(this::readLine);
			}
		}
		catch (CompletionException | UncheckedIOException ex) {
			this.faults.add(String.valueOf(ex.getCause()));
		}
	}

	private void readLine(String line) {
		if (line.startsWith("id: ")) {
			this.lastEventId = line.substring(4);
			this.received.add(Long.parseLong(line.substring(line.indexOf('-') + 1)));
			this.started.countDown();
		}
		else if (line.startsWith("retry: ")) {
			this.reconnectDelay = Duration.ofMillis(Long.parseLong(line.substring(7)));
		}
	}

}
