package dev.latchkey.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import static dev.latchkey.feed.FeedFixture.ACCOUNT;
import static dev.latchkey.feed.FeedFixture.OWNER;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The live stream of an account: it begins after the position that the watcher has seen,
 * and contains every event once and in order.
 */
class FeedWatchTests {

	private static final UserId OTHER = new UserId(new UUID(2, 2));

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final int BUFFER = 4;

	private final FeedFixture fixture = FeedFixture.withEvents(6, BUFFER);

	private final Sinks.Empty<Void> closeSignal = Sinks.empty();

	@Nested
	class Start {

		@Test
		void withoutACursorIsAtTheNewestEvent() {
			StepVerifier.create(text(watch()))
				.expectNext("id: 7-6\nevent: start\ndata: {\"position\":\"7-6\"}\n\n")
				.then(() -> fixture.write(1))
				.assertNext((frame) -> assertThat(frame).startsWith("id: 7-7\nevent: member.left\ndata: {"))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void ofAnEmptyLogIsPositionZero() {
			FeedFixture empty = FeedFixture.withEvents(0, BUFFER);
			StepVerifier.create(text(empty.feed().watch(ACCOUNT, OWNER, Optional.empty(), Mono.never())))
				.expectNext("id: 7-0\nevent: start\ndata: {\"position\":\"7-0\"}\n\n")
				.then(() -> empty.write(1))
				.assertNext((frame) -> assertThat(frame).startsWith("id: 7-1\n"))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@ParameterizedTest
		@ValueSource(longs = { 0, 1, 3, 5 })
		void atAPositionIsTheEventAfterItWithoutAStartFrame(long seen) {
			StepVerifier.create(watchAfter(seen).map(SseFrame::seq))
				.expectNextSequence(seqs(seen + 1, 6))
				.then(() -> fixture.write(2))
				.expectNext(7L, 8L)
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void atTheNewestEventWaitsForTheNextOne() {
			List<Long> received = new ArrayList<>();
			Disposable watcher = watchAfter(6).subscribe((frame) -> received.add(frame.seq()));
			assertThat(received).isEmpty();
			fixture.write(1);
			assertThat(received).containsExactly(7L);
			watcher.dispose();
		}

		@ParameterizedTest
		@CsvSource({ "7, 7", "7, 999999999999999999", "8, 3", "8, 6", "0, 0", "-1, 0" })
		void atAPositionThatTheLogDoesNotHaveIsAReset(long epoch, long seq) {
			assertIsReset(new FeedPosition(epoch, seq));
		}

		@ParameterizedTest
		@ValueSource(longs = { 0, 1, 3 })
		void atAPositionBeforeADeletedEventIsAReset(long seen) {
			fixture.log().purgeBefore(ACCOUNT, 5);
			assertIsReset(new FeedPosition(InMemoryEventLog.EPOCH, seen));
		}

		@Test
		void atTheLastDeletedEventContinues() {
			fixture.log().purgeBefore(ACCOUNT, 5);
			StepVerifier.create(watchAfter(4).map(SseFrame::seq)).expectNext(5L, 6L).thenCancel().verify(TIMEOUT);
		}

		@Test
		void isRefusedToOtherUsersAndForUnknownAccounts() {
			assertIsNotFound(fixture.feed().watch(ACCOUNT, OTHER, Optional.empty(), Mono.never()));
			assertIsNotFound(
					fixture.feed().watch(new AccountId(new UUID(1, 2)), OWNER, Optional.empty(), Mono.never()));
			assertThat(fixture.isWatched()).isFalse();
		}

		private void assertIsReset(FeedPosition position) {
			StepVerifier.create(text(watch(Optional.of(position))))
				.expectNext("id: 7-6\nevent: reset\ndata: {\"position\":\"7-6\"}\n\n")
				.then(() -> fixture.write(1))
				.assertNext((frame) -> assertThat(frame).startsWith("id: 7-7\nevent: member.left\n"))
				.thenCancel()
				.verify(TIMEOUT);
		}

	}

	@Nested
	class AWatcher {

		@Test
		void readsLongHistoriesInPagesAndThenTheNewEvents() {
			fixture.log().append(ACCOUNT, 344);
			StepVerifier.create(watchAfter(0).map(SseFrame::seq))
				.expectNextSequence(seqs(1, 350))
				.then(() -> fixture.write(10))
				.expectNextSequence(seqs(351, 360))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void receivesEventsThatAreWrittenWhileItsHistoryIsRead() {
			Sinks.Empty<Void> arrival = Sinks.empty();
			fixture.log().delayPages(arrival.asMono());
			StepVerifier.create(watchAfter(0).map(SseFrame::seq))
				.then(() -> fixture.write(3))
				.then(arrival::tryEmitEmpty)
				.expectNextSequence(seqs(1, 9))
				.then(() -> fixture.write(1))
				.expectNext(10L)
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void receivesMoreEventsThanFitIntoTheBufferWhileItsHistoryIsRead() {
			Sinks.Empty<Void> arrival = Sinks.empty();
			fixture.log().delayPages(arrival.asMono());
			StepVerifier.create(watchAfter(0).map(SseFrame::seq))
				.then(() -> fixture.write(5 * BUFFER))
				.then(arrival::tryEmitEmpty)
				.expectNextSequence(seqs(1, 26))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void missesNothingInABurstThatIsLargerThanTheBuffer() {
			StepVerifier.create(watchAfter(6).map(SseFrame::seq))
				.then(() -> fixture.write(5 * BUFFER))
				.expectNextSequence(seqs(7, 26))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void receivesWhatWasWrittenBetweenItsHeadAndItsFirstRead() {
			Sinks.Empty<Void> arrival = Sinks.empty();
			fixture.log().delayPages(arrival.asMono());
			Disposable first = watch().subscribe();
			fixture.log().append(ACCOUNT, 1);
			StepVerifier.create(watchAfter(6).map(SseFrame::seq))
				.then(arrival::tryEmitEmpty)
				.expectNext(7L)
				.thenCancel()
				.verify(TIMEOUT);
			first.dispose();
		}

		@Test
		void sharesItsFramesWithTheOtherWatchers() {
			List<SseFrame> one = new ArrayList<>();
			List<SseFrame> two = new ArrayList<>();
			Disposable first = watchAfter(6).subscribe(one::add);
			Disposable second = watchAfter(6).subscribe(two::add);
			int pages = fixture.log().pagesRead();
			fixture.write(2);
			assertThat(one).hasSize(2);
			assertThat(two.get(0)).isSameAs(one.get(0));
			assertThat(two.get(1)).isSameAs(one.get(1));
			assertThat(fixture.log().pagesRead()).isEqualTo(pages + 1);
			first.dispose();
			second.dispose();
		}

		@Test
		void whoIsTheNewOwnerNeedNotWaitUntilTheTailIsRead() {
			Disposable formerOwner = watch().subscribe();
			Sinks.Empty<Void> arrival = Sinks.empty();
			fixture.log().delayPages(arrival.asMono());
			fixture.log().changeOwner(ACCOUNT, OTHER);
			StepVerifier.create(fixture.feed().watch(ACCOUNT, OTHER, Optional.empty(), Mono.never()).map(SseFrame::seq))
				.expectNext(6L)
				.then(() -> fixture.write(1))
				.then(arrival::tryEmitEmpty)
				.expectNext(7L)
				.thenCancel()
				.verify(TIMEOUT);
			formerOwner.dispose();
		}

		@Test
		void failsWithTheErrorOfItsHistory() {
			fixture.log().delayPages(Mono.error(new IllegalStateException("down")));
			StepVerifier.create(watchAfter(0)).expectErrorMessage("down").verify(TIMEOUT);
			assertThat(fixture.isWatched()).isFalse();
		}

	}

	@Nested
	class ASlowWatcher {

		@Test
		void receivesOnlyWhatItRequests() {
			StepVerifier.create(watch().map(SseFrame::seq), 1)
				.expectNext(6L)
				.then(() -> fixture.write(3))
				.thenRequest(2)
				.expectNext(7L, 8L)
				.then(() -> fixture.write(5 * BUFFER))
				.thenRequest(1)
				.expectNext(9L)
				.thenRequest(Long.MAX_VALUE)
				.expectNextSequence(seqs(10, 29))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void readsNoFurtherPageBeforeItHasTakenThePresentOne() {
			fixture.log().append(ACCOUNT, 344);
			int[] pages = new int[1];
			StepVerifier.create(watchAfter(0).map(SseFrame::seq), 1)
				.expectNext(1L)
				.then(() -> pages[0] = fixture.log().pagesRead())
				.thenRequest(98)
				.expectNextSequence(seqs(2, 99))
				.then(() -> assertThat(fixture.log().pagesRead()).isEqualTo(pages[0]))
				.thenRequest(2)
				.expectNext(100L, 101L)
				.then(() -> assertThat(fixture.log().pagesRead()).isEqualTo(pages[0] + 1))
				.thenCancel()
				.verify(TIMEOUT);
		}

		@Test
		void delaysNoOtherWatcher() {
			StepVerifier.create(watchAfter(6), 0).then(() -> {
				StepVerifier.create(watchAfter(6).map(SseFrame::seq))
					.then(() -> fixture.write(2))
					.expectNext(7L, 8L)
					.thenCancel()
					.verify(TIMEOUT);
			}).thenCancel().verify(TIMEOUT);
		}

	}

	@Nested
	class AStreamEnds {

		@Test
		void afterItsCloseSignalAndTheLastPollOfTheReplica() {
			StepVerifier.create(watch())
				.expectNextCount(1)
				.then(closeSignal::tryEmitEmpty)
				.then(() -> assertThat(fixture.isWatched()).isTrue())
				.then(fixture::completeFinalPoll)
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(fixture.isWatched()).isFalse();
		}

		@Test
		void onlyAfterItsCloseSignalEvenIfTheLastPollIsOver() {
			fixture.completeFinalPoll();
			StepVerifier.create(watch().map(SseFrame::seq))
				.expectNext(6L)
				.then(() -> fixture.write(1))
				.expectNext(7L)
				.then(closeSignal::tryEmitEmpty)
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void afterTheEventsThatTheLastPollHasFound() {
			Sinks.Empty<Void> arrival = Sinks.empty();
			StepVerifier.create(watchAfter(6).map(SseFrame::seq)).then(() -> {
				fixture.log().delayPages(arrival.asMono());
				fixture.log().append(ACCOUNT, 2);
				fixture.poll().poll().block(TIMEOUT);
				closeSignal.tryEmitEmpty();
				fixture.completeFinalPoll();
				assertThat(fixture.isWatched()).isTrue();
				arrival.tryEmitEmpty();
			}).expectNext(7L, 8L).expectComplete().verify(TIMEOUT);
		}

		@Test
		void afterASlowWatcherHasTakenAllEvents() {
			StepVerifier.create(watchAfter(0).map(SseFrame::seq), 2)
				.expectNext(1L, 2L)
				.then(closeSignal::tryEmitEmpty)
				.then(fixture::completeFinalPoll)
				.thenRequest(3)
				.expectNext(3L, 4L, 5L)
				.thenRequest(10)
				.expectNext(6L)
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void whenTheAccountHasAnotherOwner() {
			StepVerifier.create(watch())
				.expectNextCount(1)
				.then(() -> fixture.log().changeOwner(ACCOUNT, OTHER))
				.then(() -> fixture.write(1))
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(fixture.isWatched()).isFalse();
		}

		@Test
		void whenThePollFindsAnotherOwner() {
			StepVerifier.create(watch())
				.expectNextCount(1)
				.then(() -> fixture.log().changeOwner(ACCOUNT, OTHER))
				.then(() -> fixture.poll().poll().block(TIMEOUT))
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void whenTheNewOwnerBeginsToWatch() {
			Disposable.Swap newOwner = Disposables.swap();
			StepVerifier.create(watch()).expectNextCount(1).then(() -> {
				fixture.log().changeOwner(ACCOUNT, OTHER);
				newOwner.update(fixture.feed().watch(ACCOUNT, OTHER, Optional.empty(), Mono.never()).subscribe());
			}).expectComplete().verify(TIMEOUT);
			newOwner.dispose();
		}

		@Test
		void whenTheDatabaseHasAnotherEpoch() {
			StepVerifier.create(watch())
				.expectNextCount(1)
				.then(() -> fixture.log().changeEpoch(8))
				.then(() -> fixture.poll().poll().block(TIMEOUT))
				.expectComplete()
				.verify(TIMEOUT);
			assertThat(fixture.isWatched()).isFalse();
		}

		@Test
		void whenItsWatcherCancels() {
			Disposable watcher = watch().subscribe();
			assertThat(fixture.isWatched()).isTrue();
			watcher.dispose();
			assertThat(fixture.isWatched()).isFalse();
		}

	}

	@Nested
	class APosition {

		@Test
		void ofTheHeadIsThatOfTheNewestEvent() {
			StepVerifier.create(fixture.feed().head(ACCOUNT))
				.expectNext(new FeedPosition(7, 6))
				.expectComplete()
				.verify(TIMEOUT);
		}

		@Test
		void ofAnUnknownAccountIsNotFound() {
			assertIsNotFound(fixture.feed().head(new AccountId(new UUID(1, 2))).flux());
		}

		@Test
		void hasThePresentEpoch() {
			fixture.log().changeEpoch(9);
			StepVerifier.create(fixture.feed().position(3))
				.expectNext(new FeedPosition(9, 3))
				.expectComplete()
				.verify(TIMEOUT);
		}

	}

	@Test
	void aNotificationForAnAccountWithoutWatchersReadsNothing() {
		this.fixture.write(1);
		assertThat(this.fixture.log().pagesRead()).isZero();
		assertThat(this.fixture.isWatched()).isFalse();
	}

	private Flux<SseFrame> watch() {
		return watch(Optional.empty());
	}

	private Flux<SseFrame> watchAfter(long seq) {
		return watch(Optional.of(new FeedPosition(InMemoryEventLog.EPOCH, seq)));
	}

	private Flux<SseFrame> watch(Optional<FeedPosition> after) {
		return this.fixture.feed().watch(ACCOUNT, OWNER, after, this.closeSignal.asMono());
	}

	private static void assertIsNotFound(Flux<?> refused) {
		StepVerifier.create(refused)
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOfSatisfying(DomainException.class,
					(refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.NOT_FOUND)))
			.verify(TIMEOUT);
	}

	private static Iterable<Long> seqs(long from, long to) {
		return LongStream.rangeClosed(from, to).boxed().toList();
	}

	private static Flux<String> text(Flux<SseFrame> frames) {
		return frames.map((frame) -> new String(frame.bytes(), StandardCharsets.UTF_8));
	}

}
