package dev.latchkey.retention;

import java.time.Duration;
import java.util.function.Supplier;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.context.SmartLifecycle;

/**
 * Drops on a schedule. A round that takes long is not overtaken by the next.
 */
class RetentionLoop implements SmartLifecycle {

	private final Supplier<Mono<Long>> round;

	private final Duration period;

	private final Scheduler scheduler;

	private final Disposable.Swap running = Disposables.swap();

	RetentionLoop(Supplier<Mono<Long>> round, Duration period, Scheduler scheduler) {
		this.round = round;
		this.period = period;
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.running.update(Flux.interval(this.period, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> this.round.get(), 1)
			.subscribe());
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
