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
 * Runs password hashing on its own threads, one for each core, with a bounded queue. Each
 * run is timed, including the wait in the queue.
 */
class HashingExecutor {

	private final Scheduler scheduler;

	private final ObservationRegistry observations;

	private final LimitCounter limits;

	HashingExecutor(Scheduler scheduler, ObservationRegistry observations, LimitCounter limits) {
		this.scheduler = scheduler;
		this.observations = observations;
		this.limits = limits;
	}

	/**
	 * Runs the work on one of the threads.
	 * @return the result, or a {@link RejectedExecutionException} if the queue is full
	 */
	<T> Mono<T> run(Callable<T> work) {
		return Mono.fromCallable(work)
			.subscribeOn(this.scheduler)
			.doOnError(RejectedExecutionException.class, (full) -> this.limits.hit("hash queue"))
			.tap(Micrometer.observation(this.observations,
					(registry) -> Observation.createNotStarted("latchkey.password.hash", registry)
						.contextualName("password hash")));
	}

}
