package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of the frames in a stream.
 */
class FrameEncoderTests {

	private final FrameEncoder encoder = new FrameEncoder(JsonMapper.builder().build());

	@Test
	void anEventHasItsPositionItsTypeAndItsDataWithoutNulls() {
		SseFrame frame = this.encoder.event(7,
				event(new AccountEvent.Actor(ActorKind.USER, new UUID(0, 1), "Ada Owner")));
		assertThat(text(frame)).isEqualTo("""
				id: 7-2
				event: member.left
				data: {"seq":2,"type":"member.left","at":"1970-01-01T00:00:00Z","actor":{"kind":"user",\
				"id":"00000000-0000-0000-0000-000000000001","name":"Ada Owner"}}

				""");
	}

	@ParameterizedTest
	@CsvSource({ "USER, user", "INVITEE, invitee", "SERVICE, service", "SYSTEM, system" })
	void anActorKindIsWrittenInLowerCase(ActorKind kind, String name) {
		assertThat(text(this.encoder.event(7, event(new AccountEvent.Actor(kind, null, null)))))
			.contains("\"actor\":{\"kind\":\"" + name + "\"}");
	}

	@Test
	void startAndResetContainThePosition() {
		assertThat(text(this.encoder.start(new FeedPosition(7, 2))))
			.isEqualTo("id: 7-2\nevent: start\ndata: {\"position\":\"7-2\"}\n\n");
		assertThat(text(this.encoder.reset(new FeedPosition(7, 2))))
			.isEqualTo("id: 7-2\nevent: reset\ndata: {\"position\":\"7-2\"}\n\n");
	}

	private static AccountEvent event(AccountEvent.Actor actor) {
		return new AccountEvent(2, EventType.MEMBER_LEFT.wireName(), Instant.EPOCH, actor, null, null, null, null,
				null);
	}

	private static String text(SseFrame frame) {
		return new String(frame.bytes(), StandardCharsets.UTF_8);
	}

}
