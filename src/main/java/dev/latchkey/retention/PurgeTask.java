package dev.latchkey.retention;

import reactor.core.publisher.Flux;

/**
 * Rows of one kind that nobody needs any more. Any number of replicas may drop them at
 * once.
 */
interface PurgeTask {

	/** As people call them. */
	String name();

	/**
	 * Drops them, a short transaction each batch.
	 * @return how many rows went with each batch; completes when nothing is left or
	 * others are at it
	 */
	Flux<Long> drop();

}
