package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of the frames in a stream.
 */
class FrameEncoderTests {

	private final FrameEncoder encoder = new FrameEncoder(RouterClient.jsonMapper());

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

	/**
	 * Readers of a stream end a line at CR and LF, and an event at an empty line.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\rb", "a\r\nb", "\n", "x\n\nevent: evil\nid: 9\ndata: {}\n\n",
			"x\r\revent: evil\r\rdata: {}", "a\u2028b\u2029c", "a\u0085b\u000Bc\u0000d", "\uFEFF:",
			"\"quotes\" \\ 'and' </script>", "\uD83D\uDE00 \u00E9" })
	void textOfUsersStaysInsideTheDataLine(String text) {
		SseFrame frame = this.encoder.event(7,
				new AccountEvent(2, EventType.INVITATION_DECLINED.wireName(), Instant.EPOCH,
						new AccountEvent.Actor(ActorKind.USER, new UUID(0, 1), text),
						new AccountEvent.InvitationRef(new UUID(0, 2), text, text),
						new AccountEvent.UserRef(new UUID(0, 3), text, text), List.of(text), List.of(text), 1));
		String[] lines = text(frame).split("\\r\\n|\\r|\\n", -1);
		assertThat(lines).hasSize(5).endsWith("", "").startsWith("id: 7-2", "event: invitation.declined");
		assertThat(lines[2]).startsWith("data: {");
		JsonNode data = RouterClient.jsonMapper().readTree(lines[2].substring("data: ".length()));
		assertThat(data.at("/actor/name").asString()).isEqualTo(text);
		assertThat(data.at("/invitation/email").asString()).isEqualTo(text);
		assertThat(data.at("/invitation/declineReason").asString()).isEqualTo(text);
		assertThat(data.at("/user/name").asString()).isEqualTo(text);
		assertThat(data.at("/permissions/0").asString()).isEqualTo(text);
	}

	@Test
	void anEventHasAllItsData() {
		SseFrame frame = this.encoder.event(7, new AccountEvent(3, EventType.INVITATION_DECLINED.wireName(),
				Instant.parse("2026-05-04T12:00:00.5Z"), new AccountEvent.Actor(ActorKind.INVITEE, null, null),
				new AccountEvent.InvitationRef(new UUID(0, 2), "ann@example.org", "No time"),
				new AccountEvent.UserRef(new UUID(0, 3), "Ann", "ann@example.org"), List.of("invoices"), List.of(), 2));
		assertThat(text(frame)).isEqualTo("""
				id: 7-3
				event: invitation.declined
				data: {"seq":3,"type":"invitation.declined","at":"2026-05-04T12:00:00.500Z","actor":{"kind":"invitee"},\
				"invitation":{"id":"00000000-0000-0000-0000-000000000002","email":"ann@example.org",\
				"declineReason":"No time"},"user":{"id":"00000000-0000-0000-0000-000000000003","name":"Ann",\
				"email":"ann@example.org"},"permissions":["invoices"],"previous":[],"sendCount":2}

				""");
	}

	private static AccountEvent event(AccountEvent.Actor actor) {
		return new AccountEvent(2, EventType.MEMBER_LEFT.wireName(), Instant.EPOCH, actor, null, null, null, null,
				null);
	}

	private static String text(SseFrame frame) {
		return new String(frame.bytes(), StandardCharsets.UTF_8);
	}

}
