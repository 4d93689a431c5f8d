package dev.latchkey.invitation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The schedule of the sweep, in a time that is moved by hand.
 */
class SweepScheduleTests {

	private static final Duration PERIOD = Duration.ofSeconds(15);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final AtomicInteger running = new AtomicInteger();

	private final AtomicInteger most = new AtomicInteger();

	@AfterEach
	void dispose() {
		this.time.dispose();
	}

	@Test
	void sweepsOncePerPeriod() {
		StepVerifier.create(loop(() -> Mono.just(3L)).ticks())
			.then(() -> this.time.advanceTimeBy(PERIOD.minusMillis(1)))
			.then(() -> assertThat(this.most).hasValue(0))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectNext(3L)
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(3)))
			.expectNext(3L, 3L, 3L)
			.thenCancel()
			.verify();
	}

	@Test
	void survivesATickThatFails() {
		AtomicInteger ticks = new AtomicInteger();
		StepVerifier
			.create(loop(() -> (ticks.incrementAndGet() % 2 == 1) ? Mono.error(new IllegalStateException("down"))
					: Mono.just(1L))
				.ticks())
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(4)))
			.expectNext(1L, 1L)
			.thenCancel()
			.verify();
		assertThat(ticks).hasValue(4);
	}

	@Test
	void survivesATickThatThrows() {
		AtomicInteger ticks = new AtomicInteger();
		StepVerifier.create(loop(() -> {
			if (ticks.incrementAndGet() == 1) {
				throw new IllegalStateException("before it began");
			}
			return Mono.just(1L);
		}).ticks()).then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(2))).expectNext(1L).thenCancel().verify();
	}

	/**
	 * A sweep that takes longer than the period is neither overtaken nor followed by all
	 * the ticks it has missed.
	 */
	@Test
	void neverOverlapsItselfAndNeverCatchesUp() {
		AtomicInteger begun = new AtomicInteger();
		StepVerifier.create(loop(() -> {
			begun.incrementAndGet();
			return Mono.delay(PERIOD.multipliedBy(10), this.time).thenReturn(1L);
		}).ticks())
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(5)))
			.then(() -> assertThat(begun).hasValue(1))
			.then(() -> this.time.advanceTimeBy(PERIOD.multipliedBy(6)))
			.expectNext(1L)
			.then(() -> assertThat(begun).hasValueLessThanOrEqualTo(2))
			.thenCancel()
			.verify();
		assertThat(this.most).hasValue(1);
	}

	@Test
	void startsAndStops() {
		AtomicInteger ticks = new AtomicInteger();
		SweepLoop loop = loop(() -> Mono.fromSupplier(() -> (long) ticks.incrementAndGet()));
		assertThat(loop.isRunning()).isFalse();
		loop.start();
		assertThat(loop.isRunning()).isTrue();
		this.time.advanceTimeBy(PERIOD.multipliedBy(2));
		loop.stop();
		assertThat(loop.isRunning()).isFalse();
		this.time.advanceTimeBy(PERIOD.multipliedBy(2));
		assertThat(ticks).hasValue(2);
		loop.start();
		this.time.advanceTimeBy(PERIOD);
		loop.stop();
		assertThat(ticks).hasValue(3);
	}

	private SweepLoop loop(Supplier<Mono<Long>> work) {
		Supplier<Mono<Long>> counted = () -> work.get()
			.doOnSubscribe((subscription) -> this.most.accumulateAndGet(this.running.incrementAndGet(), Math::max))
			.doOnTerminate(this.running::decrementAndGet)
			.doOnCancel(this.running::decrementAndGet);
		return new SweepLoop("expiry sweep", counted, PERIOD, this.time);
	}

}
