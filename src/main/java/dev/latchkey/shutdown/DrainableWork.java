package dev.latchkey.shutdown;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Work that a replica brings to its end before it goes.
 */
public interface DrainableWork {

	/**
	 * Takes on nothing new.
	 * @param patience when whoever asks stops waiting
	 * @return completes when what was begun is done or was handed back
	 */
	Mono<Void> finish(Duration patience);

}
