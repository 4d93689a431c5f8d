package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One piece of a stream, encoded once and shared by all who watch (WHATWG HTML, section
 * 9.2.5). Its bytes are never changed.
 */
public final class SseFrame {

	/** A comment that keeps proxies and clients from giving up a quiet stream. */
	public static final SseFrame HEARTBEAT = new SseFrame(0, ":\n\n");

	private final long seq;

	private final byte[] bytes;

	private SseFrame(long seq, String text) {
		this.seq = seq;
		this.bytes = text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * An event with a place in the log.
	 * @param json data in one line: JSON has no raw line breaks
	 */
	static SseFrame event(FeedPosition id, String name, String json) {
		return new SseFrame(id.seq(), "id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n");
	}

	/**
	 * Tells the client how long to wait before it opens a lost stream again.
	 */
	public static SseFrame retry(Duration wait) {
		return new SseFrame(0, "retry: " + wait.toMillis() + "\n\n");
	}

	/**
	 * Tells the client that this replica goes away and how long to wait before it opens
	 * the stream again, elsewhere: browsers go by {@code retry}, scripts can read the
	 * event. It has no id, so the place to resume from stays.
	 */
	public static SseFrame reconnect(Duration wait) {
		long millis = wait.toMillis();
		return new SseFrame(0, "retry: " + millis + "\nevent: reconnect\ndata: {\"wait\":" + millis + "}\n\n");
	}

	long seq() {
		return this.seq;
	}

	/**
	 * The bytes to write; a copy would cost one for every watcher.
	 */
	public byte[] bytes() {
		return this.bytes;
	}

}
