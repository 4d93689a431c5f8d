package dev.latchkey.feed.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.latchkey.feed.FeedFixture;
import dev.latchkey.feed.SseFrame;
import dev.latchkey.session.Caller;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static dev.latchkey.feed.web.FeedRoutesFixture.SESSION_REMAINING;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a stream lasts and what it contains without events, in virtual time.
 */
class EventStreamHandlerTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String HEARTBEAT = ":\n\n";

	private static final Pattern RECONNECT = Pattern
		.compile("retry: (\\d+)\nevent: reconnect\ndata: \\{\"wait\":(\\d+)}\n\n");

	private final FeedRoutesFixture fixture = new FeedRoutesFixture(6);

	private final EventStreamHandler handler = this.fixture.streamHandler();

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTheTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void resumeTheTime() {
		VirtualTimeScheduler.reset();
	}

	@Nested
	class Heartbeats {

		@Test
		void areSentInEveryInterval() {
			StepVerifier.create(frames(SESSION_REMAINING))
				.expectNextCount(2)
				.then(() -> time.advanceTimeBy(Duration.ofMillis(14_999)))
				.expectNoEvent(Duration.ZERO)
				.then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
				.expectNext(HEARTBEAT)
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
				.expectNext(HEARTBEAT, HEARTBEAT)
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void doNotAccumulateForAClientThatDoesNotRead() {
			StepVerifier.create(frames(SESSION_REMAINING), 2)
				.expectNextCount(2)
				.then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
				.then(() -> fixture.feed().write(1))
				.thenRequest(3)
				.thenConsumeWhile(HEARTBEAT::equals)
				.assertNext((frame) -> assertThat(frame).startsWith("id: 7-7\n"))
				.thenCancel()
				.verify(TIMEOUT);
		}

	}

	@Nested
	class AStreamEnds {

		@Test
		void whenItsSessionEnds() {
			Caller caller = FeedRoutesFixture.owner(SESSION_REMAINING);
			StepVerifier.create(text(handler.frames(FeedFixture.ACCOUNT, caller, Optional.empty())))
				.expectNextCount(2)
				.then(() -> fixture.endSession(caller))
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(fixture.feed().isWatched()).isFalse();
		}

		@Test
		void whenItsSessionExpires() {
			StepVerifier.create(frames(Duration.ofSeconds(10)))
				.expectNextCount(2)
				.then(() -> time.advanceTimeBy(Duration.ofMillis(9999)))
				.expectNoEvent(Duration.ZERO)
				.then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(fixture.feed().isWatched()).isFalse();
		}

		@Test
		void whenTheAccountHasAnotherOwner() {
			StepVerifier.create(frames(SESSION_REMAINING))
				.expectNextCount(2)
				.then(() -> fixture.log().changeOwner(FeedFixture.ACCOUNT, new UserId(new UUID(2, 2))))
				.then(() -> fixture.feed().write(1))
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void atItsMaximumAgeWhichVariesByUpToATenth() {
			int[] ended = new int[2];
			for (int stream = 0; stream < 40; stream++) {
				frames(SESSION_REMAINING).doOnComplete(() -> ended[0]++).subscribe();
			}
			time.advanceTimeBy(Duration.ofMinutes(27).minusMillis(1));
			assertThat(ended[0]).isZero();
			time.advanceTimeBy(Duration.ofMinutes(3));
			ended[1] = ended[0];
			assertThat(ended[1]).isBetween(1, 39);
			time.advanceTimeBy(Duration.ofMinutes(3).plusMillis(1));
			assertThat(ended[0]).isEqualTo(40);
		}

		@Test
		void withoutAHintIfTheReplicaDoesNotShutDown() {
			StepVerifier.create(frames(Duration.ofSeconds(1)))
				.expectNextCount(2)
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
				.expectComplete()
				.verify(TIMEOUT);
		}

	}

	@Nested
	class AShutdown {

		@Test
		void endsTheStreamWithinTheCloseWindowAndTellsTheClientToReconnect() {
			StepVerifier.create(frames(SESSION_REMAINING))
				.expectNextCount(2)
				.then(() -> fixture.shutdown().startClosing(Duration.ofSeconds(5)))
				.then(fixture.feed()::completeFinalPoll)
				.expectNoEvent(Duration.ZERO)
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
				.assertNext((frame) -> {
					Matcher reconnect = RECONNECT.matcher(frame);
					assertThat(reconnect.matches()).as(frame).isTrue();
					assertThat(Long.parseLong(reconnect.group(1))).isBetween(100L, 999L);
					assertThat(reconnect.group(2)).isEqualTo(reconnect.group(1));
				})
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void spreadsTheReconnectsOfItsClients() {
			int[] ended = new int[1];
			IntStream.range(0, 40)
				.forEach((stream) -> frames(SESSION_REMAINING).doOnComplete(() -> ended[0]++).subscribe());
			fixture.shutdown().startClosing(Duration.ofSeconds(60));
			fixture.feed().completeFinalPoll();
			time.advanceTimeBy(Duration.ofSeconds(33));
			assertThat(ended[0]).isBetween(1, 39);
			time.advanceTimeBy(Duration.ofSeconds(27));
			assertThat(ended[0]).isEqualTo(40);
		}

		@Test
		void doesNotEndTheStreamWhileTheReplicaIsOnlyDraining() {
			StepVerifier.create(frames(SESSION_REMAINING))
				.expectNextCount(2)
				.then(() -> fixture.shutdown().startDraining())
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
				.then(() -> fixture.feed().write(1))
				.assertNext((frame) -> assertThat(frame).startsWith("id: 7-7\n"))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void addsTheHintToAStreamThatEndsForAnotherReason() {
			fixture.shutdown().startClosing(Duration.ofHours(1));
			StepVerifier.create(frames(Duration.ofSeconds(1)))
				.expectNextCount(2)
				.then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
				.assertNext((frame) -> assertThat(frame).matches(RECONNECT))
				.expectComplete()
				.verify(TIMEOUT);
		}

	}

	private Flux<String> frames(Duration sessionRemaining) {
		return text(
				this.handler.frames(FeedFixture.ACCOUNT, FeedRoutesFixture.owner(sessionRemaining), Optional.empty()));
	}

	private static Flux<String> text(Flux<SseFrame> frames) {
		return frames.map((frame) -> new String(frame.bytes(), StandardCharsets.UTF_8));
	}

}
