package dev.latchkey.reactive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schedule of a periodic task, in virtual time.
 */
@ExtendWith(OutputCaptureExtension.class)
class PeriodicTaskTests {

	private static final Duration PERIOD = Duration.ofSeconds(15);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final TaskFailures failures = new Outages(InstantSource.system()).ofRounds("The expiry sweep");

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger maxRunning = new AtomicInteger();

	@AfterEach
	void dispose() {
		this.time.dispose();
	}

	@Test
	void runsOneRoundPerPeriod() {
		StepVerifier.create(task(() -> Mono.just(3L)).rounds())
			.then(() -> this.time.advanceTimeBy(PERIOD.minusMillis(1)))
			.then(() -> assertThat(this.maxRunning).hasValue(0))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext(3L)
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(3)))
			.expectNext(3L, 3L, 3L)
			.thenCancel()
			.verify();
	}

	@Test
	void runsTheFirstRoundAtItsStartIfItStartsImmediately() {
		AtomicInteger rounds = new AtomicInteger();
		PeriodicTask task = PeriodicTask.startingImmediately(this.failures, PERIOD, this.time,
				() -> Mono.fromSupplier(rounds::incrementAndGet));
		this.time.advanceTimeBy(PERIOD);
		assertThat(rounds).hasValue(0);
		task.start();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(rounds).hasValue(1);
		this.time.advanceTimeBy(PERIOD.minusMillis(1));
		assertThat(rounds).hasValue(1);
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(rounds).hasValue(2);
		task.stop();
	}

	@Test
	void runsOnAfterARoundThatFails() {
		AtomicInteger rounds = new AtomicInteger();
		StepVerifier
			.create(task(() -> (rounds.incrementAndGet() % 2 == 1) ? Mono.error(new IllegalStateException("down"))
					: Mono.just(1L))
				.rounds())
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(4)))
			.expectNext(1L, 1L)
			.thenCancel()
			.verify();
		assertThat(rounds).hasValue(4);
	}

	@Test
	void runsOnAfterARoundThatThrows() {
		AtomicInteger rounds = new AtomicInteger();
		StepVerifier.create(task(() -> {
			if (rounds.incrementAndGet() == 1) {
				throw new IllegalStateException("before the subscription");
			}
			return Mono.just(1L);
		}).rounds()).then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(2))).expectNext(1L).thenCancel().verify();
	}

	@Test
	void recordsTheRoundsThatFailAndThatSucceed(CapturedOutput output) {
		AtomicInteger rounds = new AtomicInteger();
		PeriodicTask task = task(
				() -> (rounds.incrementAndGet() < 3) ? Mono.error(new IllegalStateException("down")) : Mono.empty());
		task.start();
		this.time.advanceTimeBy(PERIOD.multipliedBy(2));
		assertThat(output).containsOnlyOnce("The expiry sweep fails: java.lang.IllegalStateException: down");
		this.time.advanceTimeBy(PERIOD);
		task.stop();
		assertThat(output).containsOnlyOnce("The expiry sweep works again after 0 s (2 background rounds failed)");
	}

	/**
	 * A round that takes longer than the period delays the next one, and the ticks that
	 * it has missed are not all made up for.
	 */
	@Test
	void neverOverlapsItselfAndNeverCatchesUp() {
		AtomicInteger started = new AtomicInteger();
		StepVerifier.create(task(() -> {
			started.incrementAndGet();
			return Mono.delay(PERIOD.multipliedBy(10), this.time).thenReturn(1L);
		}).rounds())
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(5)))
			.then(() -> assertThat(started).hasValue(1))
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(6)))
			.expectNext(1L)
			.then(() -> assertThat(started).hasValueLessThanOrEqualTo(2))
			.thenCancel()
			.verify();
		assertThat(this.maxRunning).hasValue(1);
	}

	@Test
	void startsAndStops() {
		AtomicInteger rounds = new AtomicInteger();
		PeriodicTask task = task(() -> Mono.fromSupplier(() -> (long) rounds.incrementAndGet()));
		assertThat(task.isRunning()).isFalse();
		task.start();
		assertThat(task.isRunning()).isTrue();
		this.time.advanceTimeBy(PERIOD.multipliedBy(2));
		task.stop();
		assertThat(task.isRunning()).isFalse();
		this.time.advanceTimeBy(PERIOD.multipliedBy(2));
		assertThat(rounds).hasValue(2);
		task.start();
		this.time.advanceTimeBy(PERIOD);
		task.stop();
		assertThat(rounds).hasValue(3);
	}

	@Test
	void runsOnAfterARoundWithoutAResult() {
		AtomicInteger rounds = new AtomicInteger();
		PeriodicTask task = task(() -> Mono.fromRunnable(rounds::incrementAndGet));
		task.start();
		this.time.advanceTimeBy(PERIOD.multipliedBy(3));
		task.stop();
		assertThat(rounds).hasValue(3);
	}

	@Test
	void runsEachRoundOnceIfItIsStartedTwice() {
		AtomicInteger rounds = new AtomicInteger();
		PeriodicTask task = task(() -> Mono.fromSupplier(() -> (long) rounds.incrementAndGet()));
		task.start();
		task.start();
		this.time.advanceTimeBy(PERIOD);
		assertThat(rounds).hasValue(1);
		task.stop();
	}

	@Test
	void cancelsTheRoundInProgressWhenItStops() {
		AtomicBoolean cancelled = new AtomicBoolean();
		PeriodicTask task = task(() -> Mono.<Long>never().doOnCancel(() -> cancelled.set(true)));
		task.start();
		this.time.advanceTimeBy(PERIOD);
		assertThat(cancelled).isFalse();
		task.stop();
		assertThat(cancelled).isTrue();
	}

	@Test
	void startsWithTheApplicationInTheDefaultPhase() {
		PeriodicTask task = task(Mono::empty);
		assertThat(task.isAutoStartup()).isTrue();
		assertThat(task.getPhase()).isEqualTo(SmartLifecycle.DEFAULT_PHASE);
	}

	private PeriodicTask task(Supplier<Mono<Long>> round) {
		Supplier<Mono<Long>> counted = () -> round.get()
			.doOnSubscribe(
					(subscription) -> this.maxRunning.accumulateAndGet(this.running.incrementAndGet(), Math::max))
			.doOnTerminate(this.running::decrementAndGet)
			.doOnCancel(this.running::decrementAndGet);
		return PeriodicTask.startingAfterOnePeriod(this.failures, PERIOD, this.time, counted);
	}

}
