package dev.latchkey.retention;

import reactor.core.publisher.Flux;

/**
 * Deletes old rows of one kind. Each module provides the tasks for its own tables as
 * beans. The tasks are independent of each other, and any number of replicas may run the
 * same one at once.
 */
public interface PurgeTask {

	/**
	 * The rows that are deleted, as log messages name them.
	 */
	String name();

	/**
	 * Deletes the rows that are due, one short transaction per batch.
	 * @return the number of rows in each batch; completes when no rows are left or
	 * another replica has locked the rest
	 */
	Flux<Long> purge();

	/**
	 * A task that deletes nothing.
	 */
	static PurgeTask keepForever(String name) {
		return new PurgeTask() {

			@Override
			public String name() {
				return name;
			}

			@Override
			public Flux<Long> purge() {
				return Flux.empty();
			}

		};
	}

}
