package dev.latchkey.user;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

import dev.latchkey.observability.LimitCounter;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.observability.micrometer.Micrometer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The threads that hash passwords, as many as there are cores, with a queue that ends.
 * What they do is timed, the wait in the queue included.
 */
class HashingExecutor {

	private final Scheduler threads;

	private final ObservationRegistry observations;

	private final LimitCounter limits;

	HashingExecutor(Scheduler threads, ObservationRegistry observations, LimitCounter limits) {
		this.threads = threads;
		this.observations = observations;
		this.limits = limits;
	}

	/**
	 * Does the work there; fails at once if the queue is full.
	 */
	<T> Mono<T> run(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.threads)
			.doOnError(RejectedExecutionException.class, (full) -> this.limits.hit("hash queue"))
			.tap(Micrometer.observation(this.observations,
					(registry) -> Observation.createNotStarted("latchkey.password.hash", registry)
						.contextualName("password hash")));
	}

}
