package dev.latchkey.feed.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.latchkey.feed.FeedFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.FluxExchangeResult;

import static dev.latchkey.feed.web.FeedRoutesFixture.PATH;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log as server-sent events over HTTP.
 */
class EventStreamTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String RETRY = "retry: 2000\n\n";

	private static final String START = "id: 7-6\nevent: start\ndata: {\"position\":\"7-6\"}\n\n";

	private static final String RESET = "id: 7-6\nevent: reset\ndata: {\"position\":\"7-6\"}\n\n";

	private final FeedRoutesFixture fixture = new FeedRoutesFixture(6);

	@Nested
	class AResponse {

		@Test
		void isAStreamThatIsNeitherStoredNorBuffered() {
			FluxExchangeResult<DataBuffer> response = get("", null);
			HttpHeaders headers = response.getResponseHeaders();
			assertThat(response.getStatus().value()).isEqualTo(200);
			assertThat(headers.getFirst(HttpHeaders.CONTENT_TYPE)).isEqualTo("text/event-stream");
			assertThat(headers.getFirst(HttpHeaders.CACHE_CONTROL)).isEqualTo("no-store");
			assertThat(headers.getFirst("X-Accel-Buffering")).isEqualTo("no");
			StepVerifier.create(frames(response)).expectNext(RETRY, START).thenCancel().verify(TIMEOUT);
		}

		@Test
		void hasTheNewEventsAsTheyAreWritten() {
			StepVerifier.create(frames(get("", null)))
				.expectNext(RETRY, START)
				.then(() -> fixture.feed().write(1))
				.expectNext(event(7))
				.then(() -> fixture.feed().write(2))
				.expectNext(event(8), event(9))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void leavesTheAccountUnwatchedWhenTheClientDisconnects() {
			StepVerifier.create(frames(get("", null)))
				.expectNext(RETRY, START)
				.then(() -> assertThat(fixture.feed().isWatched()).isTrue())
				.thenCancel()
				.verify(TIMEOUT);
			assertThat(fixture.feed().isWatched()).isFalse();
		}

	}

	@Nested
	class ACursor {

		@Test
		void inTheQueryIsWhereTheStreamContinues() {
			StepVerifier.create(frames(get("?after=7-4", null)))
				.expectNext(RETRY, event(5), event(6))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void inTheHeaderIsWhereTheStreamContinues() {
			StepVerifier.create(frames(get("", "7-4")))
				.expectNext(RETRY, event(5), event(6))
				.thenCancel()
				.verify(TIMEOUT);
		}

		/**
		 * A browser that reconnects sends the first URL again, and the id of the last
		 * event that it has seen.
		 */
		@Test
		void inTheHeaderOverridesTheOneInTheQuery() {
			StepVerifier.create(frames(get("?after=7-1", "7-5")))
				.expectNext(RETRY, event(6))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void inTheQueryCountsIfTheHeaderIsEmpty() {
			StepVerifier.create(frames(get("?after=7-5", ""))).expectNext(RETRY, event(6)).thenCancel().verify(TIMEOUT);
		}

		@ParameterizedTest
		@ValueSource(strings = { "garbage", "8-3", "7-7", "7-", "7-999999999999999999" })
		void fromWhichTheLogCannotContinueIsAReset(String cursor) {
			StepVerifier.create(frames(get("?after=" + cursor, null)))
				.expectNext(RETRY, RESET)
				.thenCancel()
				.verify(TIMEOUT);
			StepVerifier.create(frames(get("", cursor))).expectNext(RETRY, RESET).thenCancel().verify(TIMEOUT);
		}

		@Test
		void whoseNextEventIsDeletedIsAReset() {
			fixture.log().purgeBefore(FeedFixture.ACCOUNT, 4);
			StepVerifier.create(frames(get("?after=7-2", null))).expectNext(RETRY, RESET).thenCancel().verify(TIMEOUT);
		}

	}

	private FluxExchangeResult<DataBuffer> get(String query, @Nullable String lastEventId) {
		return this.fixture.owner()
			.get()
			.uri(PATH + query)
			.header(HttpHeaders.ACCEPT, "text/event-stream")
			.headers((headers) -> {
				if (lastEventId != null) {
					headers.set("Last-Event-ID", lastEventId);
				}
			})
			.exchange()
			.returnResult(DataBuffer.class);
	}

	private static Flux<String> frames(FluxExchangeResult<DataBuffer> response) {
		return response.getResponseBody().map((buffer) -> {
			String text = buffer.toString(StandardCharsets.UTF_8);
			DataBufferUtils.release(buffer);
			return text;
		});
	}

	private static String event(long seq) {
		return "id: 7-" + seq + "\nevent: member.left\ndata: {\"seq\":" + seq
				+ ",\"type\":\"member.left\",\"at\":\"2026-05-04T11:59:59.960Z\",\"actor\":{\"kind\":\"system\"}}\n\n";
	}

}
