package dev.latchkey.feed;

import java.util.Map;

import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes events as frames.
 */
class EventFrames {

	private final JsonMapper json;

	EventFrames(JsonMapper json) {
		this.json = json;
	}

	Frame event(long epoch, AccountEvent event) {
		return Frame.event(new FeedPosition(epoch, event.seq()), event.type(), this.json.writeValueAsString(event));
	}

	/**
	 * Says where a stream without a cursor begins.
	 */
	Frame start(FeedPosition position) {
		return Frame.event(position, "start", position(position));
	}

	/**
	 * Says that a cursor can't be honoured: read the lists again, then go on from here.
	 */
	Frame reset(FeedPosition position) {
		return Frame.event(position, "reset", position(position));
	}

	private String position(FeedPosition position) {
		return this.json.writeValueAsString(Map.of("position", position.toString()));
	}

}
