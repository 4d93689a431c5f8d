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
 * Thousands who watch one feed, each on a connection of its own, all read by one thread,
 * byte by byte as the service has sent them.
 */
public final class WatcherCrowd implements AutoCloseable {

	private static final Pattern CHUNK_SIZE = Pattern.compile("(?m)^[0-9a-f]+\r\n");

	private static final Pattern FRAME = Pattern.compile("(?s).+?\n\n");

	/** As many knock at once; the queue for the database has an end. */
	private static final int AT_ONCE = 50;

	private final Selector selector;

	private final List<One> all = new ArrayList<>();

	private final AtomicInteger watching = new AtomicInteger();

	private final AtomicInteger gone = new AtomicInteger();

	private WatcherCrowd(Selector selector) {
		this.selector = selector;
	}

	/**
	 * Opens so many streams.
	 * @param target the path and query of the feed
	 */
	public static WatcherCrowd gather(int size, Service service, String target, @Nullable String token) {
		try {
			WatcherCrowd crowd = new WatcherCrowd(Selector.open());
			byte[] request = ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
					+ "Authorization: Bearer " + token + "\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII);
			Thread reader = new Thread(() -> crowd.read(size), "crowd");
			reader.setDaemon(true);
			reader.start();
			for (int number = 0; number < size; number++) {
				crowd.join(service, request);
				int most = Math.max(0, number - AT_ONCE);
				await().atMost(Duration.ofSeconds(20))
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(1))
					.until(() -> crowd.watching() >= most);
			}
			return crowd;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * How many have got a frame.
	 */
	public int watching() {
		return this.watching.get();
	}

	/**
	 * How many have seen the end of their connection.
	 */
	public int gone() {
		return this.gone.get();
	}

	/**
	 * Everybody; to be read when all have gone.
	 */
	public List<One> all() {
		return List.copyOf(this.all);
	}

	@Override
	public void close() {
		try {
			for (One one : this.all) {
				one.channel.close();
			}
			this.selector.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void join(Service service, byte[] request) throws IOException {
		SocketChannel channel = SocketChannel
			.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
		channel.write(ByteBuffer.wrap(request));
		channel.configureBlocking(false);
		One one = new One(channel);
		this.all.add(one);
		channel.register(this.selector, SelectionKey.OP_READ, one);
		this.selector.wakeup();
	}

	private void read(int size) {
		ByteBuffer buffer = ByteBuffer.allocate(16_384);
		try {
			while (this.selector.isOpen() && this.gone.get() < size) {
				this.selector.select((key) -> take((One) Objects.requireNonNull(key.attachment()), buffer));
			}
		}
		catch (IOException | java.nio.channels.ClosedSelectorException ex) {
			// Closed in the middle: whoever counts sees who is missing.
		}
	}

	private void take(One one, ByteBuffer buffer) {
		try {
			int read = one.channel.read(buffer.clear());
			if (read < 0) {
				leave(one, "end");
			}
			else if (one.hear(buffer.flip())) {
				this.watching.incrementAndGet();
			}
		}
		catch (IOException ex) {
			leave(one, "reset");
		}
	}

	private void leave(One one, String how) {
		one.end = how;
		one.endedAt = System.nanoTime();
		try {
			one.channel.close();
		}
		catch (IOException ex) {
			one.end = "reset";
		}
		this.gone.incrementAndGet();
	}

	/**
	 * One watcher.
	 */
	public static final class One {

		private final SocketChannel channel;

		private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

		private boolean watching;

		private volatile String end = "";

		private volatile long endedAt;

		One(SocketChannel channel) {
			this.channel = channel;
		}

		private boolean hear(ByteBuffer bytes) {
			byte[] copy = new byte[bytes.remaining()];
			bytes.get(copy);
			this.heard.writeBytes(copy);
			boolean first = !this.watching && text().contains("\nevent: ");
			this.watching |= first;
			return first;
		}

		private String text() {
			return this.heard.toString(StandardCharsets.UTF_8);
		}

		/**
		 * The frames of a body that ended as a whole one does, behind its last chunk.
		 * @return fails if the stream was cut off or reset
		 */
		public List<String> frames() {
			String body = text().substring(text().indexOf("\r\n\r\n") + 4);
			if (!this.end.equals("end") || !body.endsWith("\r\n0\r\n\r\n")) {
				throw new AssertionError("no clean end but '" + this.end + "' behind: " + body);
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
