package dev.latchkey.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * Thousands of watchers of one feed, each with its own connection. One thread reads all
 * connections and keeps the bytes as the service has sent them.
 */
public final class WatcherCrowd implements AutoCloseable {

	private static final Pattern CHUNK_SIZE = Pattern.compile("(?m)^[0-9a-f]+\r\n");

	private static final Pattern FRAME = Pattern.compile("(?s).+?\n\n");

	/** Streams that are opened at the same time; the pool's queue is limited. */
	private static final int MAX_OPENING = 50;

	private final Selector selector;

	private final List<Connection> connections = new ArrayList<>();

	private final AtomicInteger watching = new AtomicInteger();

	private final AtomicInteger ended = new AtomicInteger();

	private WatcherCrowd(Selector selector) {
		this.selector = selector;
	}

	/**
	 * Opens streams and waits until nearly all of them have received a frame.
	 * @param size the number of streams
	 * @param target the path and query of the feed
	 */
	public static WatcherCrowd open(int size, Service service, String target, @Nullable String token) {
		try {
			WatcherCrowd crowd = new WatcherCrowd(Selector.open());
			byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
					+ "Authorization: Bearer " + token + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII);
			Thread reader = new Thread(() -> crowd.read(size), "watcher-crowd");
			reader.setDaemon(true);
			reader.start();
			for (int number = 0; number < size; number++) {
				crowd.connect(service, request);
				int expected = Math.max(0, number - MAX_OPENING);
				await().atMost(Duration.ofSeconds(20))
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> crowd.watching() >= expected);
			}
			return crowd;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The number of streams that have received a frame.
	 */
	public int watching() {
		return this.watching.get();
	}

	/**
	 * The number of streams that have ended.
	 */
	public int ended() {
		return this.ended.get();
	}

	/**
	 * All connections; their contents may be read when all streams have ended.
	 */
	public List<Connection> connections() {
		return List.copyOf(this.connections);
	}

	@Override
	public void close() {
		try {
			for (Connection connection : this.connections) {
				connection.channel.close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void connect(Service service, byte[] request) throws IOException {
		SocketChannel channel = SocketChannel
			.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
		channel.write(ByteBuffer.wrap(request));
		channel.configureBlocking(false);
		Connection connection = new Connection(channel);
		this.connections.add(connection);
		channel.register(this.selector, SelectionKey.OP_READ, connection);
		this.selector.wakeup();
	}

	private void read(int size) {
		ByteBuffer buffer = ByteBuffer.allocate(16_384);
		try {
			while (this.selector.isOpen() && this.ended.get() < size) {
				this.selector.select((key) -> receive((Connection) Objects.requireNonNull(key.attachment()), buffer));
			}
		}
		catch (IOException | java.nio.channels.ClosedSelectorException ex) {
			// Closed early: the counts show which streams are missing.
		}
	}

	private void receive(Connection connection, ByteBuffer buffer) {
		try {
			int read = connection.channel.read(buffer.clear());
			if (read < 0) {
				finish(connection, "end");
			}
			else if (connection.receive(buffer.flip())) {
				this.watching.incrementAndGet();
			}
		}
		catch (IOException ex) {
			finish(connection, "reset");
		}
	}

	private void finish(Connection connection, String end) {
		connection.end = end;
		connection.endedAt = System.nanoTime();
		try {
			connection.channel.close();
		}
		catch (IOException ex) {
			connection.end = "reset";
		}
		this.ended.incrementAndGet();
	}

	/**
	 * The connection of one watcher.
	 */
	public static final class Connection {

		private final SocketChannel channel;

		private final ByteArrayOutputStream received = new ByteArrayOutputStream();

		private boolean watching;

		private volatile String end = "";

		private volatile long endedAt;

		Connection(SocketChannel channel) {
			this.channel = channel;
		}

		private boolean receive(ByteBuffer bytes) {
			byte[] copy = new byte[bytes.remaining()];
			bytes.get(copy);
			this.received.writeBytes(copy);
			boolean first = !this.watching && text().contains("\nevent: ");
			this.watching |= first;
			return first;
		}

		private String text() {
			return this.received.toString(StandardCharsets.UTF_8);
		}

		/**
		 * The frames of a complete body, which ends with its last chunk.
		 * @throws AssertionError if the stream was cut off or reset
		 */
		public List<String> frames() {
			String body = text().substring(text().indexOf("\r\n\r\n") + 4);
			if (!this.end.equals("end") || !body.endsWith("\r\n0\r\n\r\n")) {
				throw new AssertionError("no clean end but '" + this.end + "' after: " + body);
			}
			String text = CHUNK_SIZE.matcher(body).replaceAll("").replace("\r\n", "");
			return FRAME.matcher(text).results().map(MatchResult::group).toList();
		}

		/**
		 * When the connection ended, by {@link System#nanoTime()}.
		 */
		public long endedAt() {
			return this.endedAt;
		}

	}

}
