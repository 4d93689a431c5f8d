package dev.latchkey.retention;

import java.util.List;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs all purge tasks, one after the other. A task that fails is recorded and tried
 * again in the next run; it does not stop the others.
 */
class RetentionJob {

	private static final Logger logger = LoggerFactory.getLogger(RetentionJob.class);

	private final List<RecordedTask> tasks;

	RetentionJob(List<PurgeTask> tasks, Outages outages) {
		this.tasks = tasks.stream().map((task) -> RecordedTask.of(task, outages)).toList();
	}

	/**
	 * Deletes all rows that are due.
	 * @return how many rows were deleted; never fails
	 */
	Mono<Long> purge() {
		return Flux.fromIterable(this.tasks).concatMap(RecordedTask::run).reduce(0L, Long::sum);
	}

	private static void log(PurgeTask task, long deleted) {
		if (deleted > 0) {
			logger.debug("Purged old {}: {}", task.name(), deleted);
		}
	}

	/**
	 * A task and the record of its failures.
	 */
	private record RecordedTask(PurgeTask task, TaskFailures failures) {

		/**
		 * A task that keeps all rows succeeds without the database.
		 */
		static RecordedTask of(PurgeTask task, Outages outages) {
			return new RecordedTask(task, outages.ofRoundsWithoutDatabase("The purge of old " + task.name()));
		}

		Mono<Long> run() {
			return this.failures
				.recording(this.task.purge().reduce(0L, Long::sum).doOnNext((deleted) -> log(this.task, deleted)));
		}

	}

}
