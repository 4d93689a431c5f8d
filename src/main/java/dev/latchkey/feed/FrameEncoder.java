package dev.latchkey.feed;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes events and positions as frames.
 */
class FrameEncoder {

	private final JsonMapper json;

	FrameEncoder(JsonMapper json) {
		this.json = json;
	}

	SseFrame event(long epoch, AccountEvent event) {
		return SseFrame.event(new FeedPosition(epoch, event.seq()), event.type(), this.json.writeValueAsString(event));
	}

	/**
	 * The first frame of a stream without a cursor: the position where it begins.
	 */
	SseFrame start(FeedPosition position) {
		return SseFrame.event(position, "start", position(position));
	}

	/**
	 * The frame for a cursor from which the log cannot be continued: the client has to
	 * read the lists again, and the stream continues from this position.
	 */
	SseFrame reset(FeedPosition position) {
		return SseFrame.event(position, "reset", position(position));
	}

	private String position(FeedPosition position) {
		return this.json.writeValueAsString(Map.of("position", position.toString()));
	}

}
