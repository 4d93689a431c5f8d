package dev.latchkey.reactive;

import java.time.Duration;
import java.util.function.Supplier;

import dev.latchkey.outage.TaskFailures;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs one round of work in every period, from the start of the application until its
 * shutdown. Rounds never overlap: ticks that come due during a long round are dropped,
 * except for one, which runs directly after it. A round that fails is recorded and the
 * next one runs as usual.
 */
public final class PeriodicTask extends BackgroundWork {

	private final TaskFailures failures;

	private final Duration initialDelay;

	private final Duration period;

	private final Scheduler scheduler;

	private final Supplier<? extends Mono<?>> round;

	private PeriodicTask(TaskFailures failures, Duration initialDelay, Duration period, Scheduler scheduler,
			Supplier<? extends Mono<?>> round) {
		this.failures = failures;
		this.initialDelay = initialDelay;
		this.period = period;
		this.scheduler = scheduler;
		this.round = round;
	}

	/**
	 * A task whose first round runs as soon as the task is started.
	 * @param failures records the rounds that fail and that succeed
	 * @param scheduler keeps the time, and runs what a round does synchronously
	 * @param round called once for each round
	 */
	public static PeriodicTask startingImmediately(TaskFailures failures, Duration period, Scheduler scheduler,
			Supplier<? extends Mono<?>> round) {
		return new PeriodicTask(failures, Duration.ZERO, period, scheduler, round);
	}

	/**
	 * A task whose first round runs one period after the task is started.
	 * @param failures records the rounds that fail and that succeed
	 * @param scheduler keeps the time, and runs what a round does synchronously
	 * @param round called once for each round
	 */
	public static PeriodicTask startingAfterOnePeriod(TaskFailures failures, Duration period, Scheduler scheduler,
			Supplier<? extends Mono<?>> round) {
		return new PeriodicTask(failures, period, period, scheduler, round);
	}

	@Override
	protected Flux<?> work() {
		return rounds();
	}

	/**
	 * The results of the rounds that succeeded; never fails and never completes.
	 */
	Flux<Object> rounds() {
		return Flux.interval(this.initialDelay, this.period, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> runRound(), 1);
	}

	private Mono<Object> runRound() {
		return this.failures.recording(Mono.<Object>defer(this.round));
	}

}
