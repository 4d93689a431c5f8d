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
 * Runs the retention job on a schedule, one run at a time: a tick during a run is
 * skipped.
 */
class RetentionLoop implements SmartLifecycle {

	private final Supplier<Mono<Long>> job;

	private final Duration period;

	private final Scheduler scheduler;

	private final Disposable.Swap running = Disposables.swap();

	RetentionLoop(Supplier<Mono<Long>> job, Duration period, Scheduler scheduler) {
		this.job = job;
		this.period = period;
		this.scheduler = scheduler;
	}

	@Override
	public void start() {
		this.running.update(Flux.interval(this.period, this.scheduler)
			.onBackpressureDrop()
			.concatMap((tick) -> this.job.get(), 1)
			.subscribe());
	}

	@Override
	public void stop() {
		this.running.update(Disposables.disposed());
	}

	@Override
	public boolean isRunning() {
		Disposable current = this.running.get();
		return current != null && !current.isDisposed();
	}

}
