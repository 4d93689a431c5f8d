package dev.latchkey.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The newest events of an account in memory, which all of its watchers share.
 */
class AccountTailTests {

	private static final AccountId ACCOUNT = new AccountId(new UUID(1, 1));

	private static final UserId ANN = new UserId(new UUID(1, 2));

	private static final UserId BOB = new UserId(new UUID(1, 3));

	private final AccountTail tail = new AccountTail(head(10, ANN), 4);

	@Test
	void returnsTheEventsAfterAPositionAtOnce() {
		this.tail.append(frames(11, 13), ANN);
		StepVerifier.create(this.tail.after(10, ANN))
			.assertNext((batch) -> hasSeqs(batch, 11L, 12L, 13L))
			.verifyComplete();
		StepVerifier.create(this.tail.after(12, ANN)).assertNext((batch) -> hasSeqs(batch, 13L)).verifyComplete();
	}

	@Test
	void waitsAtTheHeadForNewEvents() {
		StepVerifier.create(this.tail.after(10, ANN))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(20))
			.then(() -> this.tail.append(frames(11, 12), ANN))
			.assertNext((batch) -> hasSeqs(batch, 11L, 12L))
			.verifyComplete();
	}

	@Test
	void givesTheSameFramesToAllWaitingWatchers() {
		List<SseFrame> frames = frames(11, 11);
		StepVerifier.create(this.tail.after(10, ANN).zipWith(this.tail.after(10, ANN)))
			.then(() -> this.tail.append(frames, ANN))
			.assertNext((both) -> {
				assertThat(both.getT1().frames().get(0)).isSameAs(frames.get(0));
				assertThat(both.getT2().frames().get(0)).isSameAs(frames.get(0));
			})
			.verifyComplete();
	}

	@Test
	void keepsNoMoreEventsThanItsCapacity() {
		this.tail.append(frames(11, 16), ANN);
		StepVerifier.create(this.tail.after(12, ANN))
			.assertNext((batch) -> hasSeqs(batch, 13L, 14L, 15L, 16L))
			.verifyComplete();
		StepVerifier.create(this.tail.after(11, ANN)).verifyComplete();
	}

	@Test
	void isEmptyForAWaitingWatcherIfABurstExceedsTheCapacity() {
		StepVerifier.create(this.tail.after(10, ANN))
			.then(() -> this.tail.append(frames(11, 16), ANN))
			.verifyComplete();
	}

	@Test
	void reportsAnotherOwnerToAWaitingWatcher() {
		StepVerifier.create(this.tail.after(10, ANN))
			.then(() -> this.tail.append(List.of(), BOB))
			.assertNext((batch) -> {
				assertThat(batch.frames()).isEmpty();
				assertThat(batch.owner()).isEqualTo(BOB);
			})
			.verifyComplete();
	}

	/**
	 * A slow watcher that was not waiting when the owner changed must not wait
	 * afterwards.
	 */
	@Test
	void reportsAnotherOwnerToAWatcherThatReadsLater() {
		this.tail.append(List.of(), BOB);
		StepVerifier.create(this.tail.after(10, ANN))
			.assertNext((batch) -> assertThat(batch.owner()).isEqualTo(BOB))
			.verifyComplete();
	}

	@Test
	void takesOverANewOwnerFromTheHeadThatTheirWatcherHasRead() {
		StepVerifier.create(this.tail.after(10, ANN))
			.then(() -> this.tail.updateOwner(head(11, BOB)))
			.assertNext((batch) -> assertThat(batch.owner()).isEqualTo(BOB))
			.verifyComplete();
		this.tail.append(frames(11, 12), BOB);
		this.tail.updateOwner(head(11, ANN));
		assertThat(this.tail.owner()).isEqualTo(BOB);
	}

	@Test
	void emitsNothingIfNothingIsNew() {
		StepVerifier.create(this.tail.after(10, ANN))
			.expectSubscription()
			.then(() -> this.tail.append(List.of(), ANN))
			.expectNoEvent(Duration.ofMillis(20))
			.thenCancel()
			.verify();
		assertThat(this.tail.head()).isEqualTo(10);
		assertThat(this.tail.isBehind(head(10, ANN))).isFalse();
		assertThat(this.tail.isBehind(head(11, ANN))).isTrue();
		assertThat(this.tail.isBehind(head(10, BOB))).isTrue();
	}

	private static EventLog.Head head(long seq, UserId owner) {
		return new EventLog.Head(ACCOUNT, seq, owner, Instant.EPOCH);
	}

	private static List<SseFrame> frames(long from, long to) {
		return LongStream.rangeClosed(from, to)
			.mapToObj((seq) -> SseFrame.event(new FeedPosition(7, seq), "test", "{}"))
			.toList();
	}

	private static void hasSeqs(AccountTail.Batch batch, Long... seqs) {
		assertThat(batch.frames()).extracting(SseFrame::seq).containsExactly(seqs);
	}

}
