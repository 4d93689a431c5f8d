package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One frame of a stream of server-sent events (WHATWG HTML, section 9.2.5), encoded once
 * and shared by all watchers. Its bytes are never changed.
 */
public final class SseFrame {

	/** A comment that keeps proxies and clients from closing an idle stream. */
	public static final SseFrame HEARTBEAT = new SseFrame(0, ":\n\n");

	private final long seq;

	private final byte[] bytes;

	private SseFrame(long seq, String text) {
		this.seq = seq;
		this.bytes = text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * A frame with a position in the log, from which a client can resume.
	 * @param json the data in one line; encoded JSON has no line breaks
	 */
	static SseFrame event(FeedPosition id, String name, String json) {
		return new SseFrame(id.seq(), "id: " + id + "\nevent: " + name + "\ndata: " + json + "\n\n");
	}

	/**
	 * Sets the time that the client waits before it reopens a lost stream.
	 */
	public static SseFrame retry(Duration delay) {
		return new SseFrame(0, "retry: " + delay.toMillis() + "\n\n");
	}

	/**
	 * Announces that this replica closes the stream, and sets the time that the client
	 * waits before it reopens it at another replica. Browsers obey {@code retry}, scripts
	 * can read the event. It has no id, so the position from which the client resumes
	 * does not change.
	 */
	public static SseFrame reconnect(Duration delay) {
		long millis = delay.toMillis();
		return new SseFrame(0, "retry: " + millis + "\nevent: reconnect\ndata: {\"wait\":" + millis + "}\n\n");
	}

	long seq() {
		return this.seq;
	}

	/**
	 * The bytes to write. They are not copied, because every watcher would cost a copy.
	 */
	public byte[] bytes() {
		return this.bytes;
	}

}
