package dev.latchkey.shutdown;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Work that a replica finishes before it stops.
 */
public interface DrainableWork {

	/**
	 * Accepts no new work and finishes the work in progress.
	 * @param timeout how long the shutdown waits for the result
	 * @return completes when all work in progress is done or was returned for another
	 * replica
	 */
	Mono<Void> drain(Duration timeout);

}
