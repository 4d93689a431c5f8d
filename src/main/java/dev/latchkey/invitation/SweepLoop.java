package dev.latchkey.invitation;

import java.time.Duration;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * Sweeps on a schedule. A tick that fails is skipped, one that takes long is not
 * overtaken by the next.
 */
class SweepLoop implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SweepLoop.class);

	private final String name;

	private final Supplier<Mono<Long>> sweep;

	private final Duration period;

	private final Scheduler scheduler;

	private final Disposable.Swap running = Disposables.swap();

	SweepLoop(String name, Supplier<Mono<Long>> sweep, Duration period, Scheduler scheduler) {
		this.name = name;
		this.sweep = sweep;
		this.period = period;
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.running.update(ticks().subscribe());
	}

	/**
	 * The schedule itself: how many were marked at each tick.
	 */
	Flux<Long> ticks() {
		return Flux.interval(this.period, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> Mono.defer(this.sweep).onErrorResume(this::skip), 1);
	}

	private Mono<Long> skip(Throwable error) {
		logger.warn("The {} skips a tick: {}", this.name, error.toString());
		return Mono.empty();
	}

	@Override
	public void stop() {
		this.running.update(Disposables.disposed());
	}

	@Override
	public boolean isRunning() {
		Disposable present = this.running.get();
		return present != null && !present.isDisposed();
	}

}
