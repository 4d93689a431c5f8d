package dev.latchkey.retention;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.outage.Outages;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The retention job runs its tasks one after the other, whatever happens to each.
 */
@ExtendWith(OutputCaptureExtension.class)
class RetentionJobTests {

	private final List<String> started = new ArrayList<>();

	private final Outages outages = new Outages(InstantSource.system());

	@Test
	void theRowsOfAllTasksAreCounted() {
		RetentionJob job = new RetentionJob(List.of(task("events", Flux.just(3L, 2L)), task("keys", Flux.just(1L)),
				PurgeTask.keepForever("invitations")), outages);
		StepVerifier.create(job.purge()).expectNext(6L).verifyComplete();
		assertThat(this.started).containsExactly("events", "keys");
	}

	@Test
	void withoutTasksNothingIsDeleted() {
		StepVerifier.create(new RetentionJob(List.of(), outages).purge()).expectNext(0L).verifyComplete();
	}

	@Test
	void aTaskStartsWhenThePreviousOneHasEnded() {
		Sinks.Empty<Long> first = Sinks.empty();
		RetentionJob job = new RetentionJob(List.of(task("events", first.asMono().flux()), task("keys", Flux.just(1L))),
				outages);
		StepVerifier.create(job.purge())
			.then(() -> assertThat(this.started).containsExactly("events"))
			.then(first::tryEmitEmpty)
			.expectNext(1L)
			.verifyComplete();
		assertThat(this.started).containsExactly("events", "keys");
	}

	@Test
	void aTaskThatFailsIsLoggedAndDoesNotStopTheOthers(CapturedOutput log) {
		RetentionJob job = new RetentionJob(
				List.of(task("events", Flux.error(new IllegalStateException("gone"))), task("keys", Flux.just(1L))),
				outages);
		StepVerifier.create(job.purge()).expectNext(1L).verifyComplete();
		assertThat(log).containsOnlyOnce("The purge of old events fails: java.lang.IllegalStateException: gone");
	}

	@Nested
	class HeldLock {

		private final AtomicInteger attempts = new AtomicInteger();

		@Test
		void aRowIsReturnedAtOnceIfItIsFree() {
			StepVerifier.withVirtualTime(() -> HeldLockRetry.whileHeld(freeAfter(0)))
				.expectNext("row")
				.verifyComplete();
			assertThat(this.attempts).hasValue(1);
		}

		@Test
		void aLockedRowIsTriedAgainAfter40Milliseconds() {
			StepVerifier.withVirtualTime(() -> HeldLockRetry.whileHeld(freeAfter(2)))
				.expectSubscription()
				.expectNoEvent(Duration.ofMillis(79))
				.thenAwait(Duration.ofMillis(1))
				.expectNext("row")
				.verifyComplete();
			assertThat(this.attempts).hasValue(3);
		}

		@Test
		void aRowThatStaysLockedIsLeftAfter20Retries() {
			StepVerifier.withVirtualTime(() -> HeldLockRetry.whileHeld(freeAfter(Integer.MAX_VALUE)))
				.thenAwait(Duration.ofSeconds(2))
				.verifyComplete();
			assertThat(this.attempts).hasValue(21);
		}

		@Test
		void anErrorIsNotRetried() {
			StepVerifier.create(HeldLockRetry.whileHeld(Mono.error(new IllegalStateException("gone"))))
				.verifyErrorMessage("gone");
		}

		private Mono<String> freeAfter(int lockedAttempts) {
			return Mono
				.defer(() -> (this.attempts.getAndIncrement() < lockedAttempts) ? Mono.empty() : Mono.just("row"));
		}

	}

	private PurgeTask task(String name, Flux<Long> batches) {
		return new PurgeTask() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Flux<Long> purge() {
				RetentionJobTests.this.started.add(name);
				return batches;
			}

		};
	}

}
