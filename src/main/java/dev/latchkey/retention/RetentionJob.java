package dev.latchkey.retention;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs all purge tasks, one after the other. A task that fails is logged and tried again
 * in the next run; it does not stop the others.
 */
class RetentionJob {

	private static final Logger logger = LoggerFactory.getLogger(RetentionJob.class);

	private final List<PurgeTask> tasks;

	RetentionJob(List<PurgeTask> tasks) {
		this.tasks = List.copyOf(tasks);
	}

	/**
	 * Deletes all rows that are due.
	 * @return how many rows were deleted; never fails
	 */
	Mono<Long> purge() {
		return Flux.fromIterable(this.tasks).concatMap(this::run).reduce(0L, Long::sum);
	}

	private Mono<Long> run(PurgeTask task) {
		return task.purge().reduce(0L, Long::sum).doOnNext((deleted) -> log(task, deleted)).onErrorResume((error) -> {
			logger.warn("Purging old {} failed, the next run tries again: {}", task.name(), error.toString());
			return Mono.empty();
		});
	}

	private static void log(PurgeTask task, long deleted) {
		if (deleted > 0) {
			logger.debug("Purged old {}: {}", task.name(), deleted);
		}
	}

}
