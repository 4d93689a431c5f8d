package dev.latchkey.feed;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes events as frames.
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
	 * Says where a stream without a cursor begins.
	 */
	SseFrame start(FeedPosition position) {
		return SseFrame.event(position, "start", position(position));
	}

	/**
	 * Says that a cursor can't be honoured: read the lists again, then go on from here.
	 */
	SseFrame reset(FeedPosition position) {
		return SseFrame.event(position, "reset", position(position));
	}

	private String position(FeedPosition position) {
		return this.json.writeValueAsString(Map.of("position", position.toString()));
	}

}
