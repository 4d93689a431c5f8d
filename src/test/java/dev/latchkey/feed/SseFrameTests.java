package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frames of a stream that are no events of the log.
 */
class SseFrameTests {

	@Test
	void aHeartbeatIsAnEmptyComment() {
		assertThat(text(SseFrame.HEARTBEAT)).isEqualTo(":\n\n");
	}

	@Test
	void aRetryFrameSetsTheWaitInMilliseconds() {
		assertThat(text(SseFrame.retry(Duration.ofSeconds(2)))).isEqualTo("retry: 2000\n\n");
	}

	@Test
	void aReconnectFrameSetsTheWaitAndHasNoPosition() {
		assertThat(text(SseFrame.reconnect(Duration.ofMillis(150))))
			.isEqualTo("retry: 150\nevent: reconnect\ndata: {\"wait\":150}\n\n");
	}

	private static String text(SseFrame frame) {
		return new String(frame.bytes(), StandardCharsets.UTF_8);
	}

}
