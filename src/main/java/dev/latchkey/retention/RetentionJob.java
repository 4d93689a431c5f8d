package dev.latchkey.retention;

import java.util.ArrayList;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Drops whatever is older than it is kept. What fails is left for the next time and stops
 * nothing else.
 */
class RetentionJob {

	private static final Logger logger = LoggerFactory.getLogger(RetentionJob.class);

	private final List<PurgeTask> kinds;

	RetentionJob(List<PurgeTask> kinds) {
		this.kinds = List.copyOf(kinds);
	}

	/**
	 * What these settings say.
	 */
	static RetentionJob of(DatabaseClient database, RetentionProperties properties) {
		OrphanedPersonPurge people = new OrphanedPersonPurge(database);
		List<PurgeTask> kinds = new ArrayList<>();
		if (properties.invitations() != null) {
			kinds.add(new InvitationPurge(database, properties.invitations(), properties.purgeBatchSize(), people));
		}
		if (properties.events() != null) {
			kinds.add(new EventPurge(database, properties.events(), properties.purgeBatchSize(), people));
		}
		kinds.addAll(ExpiredAccountRowPurge.all(database, properties));
		kinds.addAll(ExpiredRowPurge.all(database, properties));
		return new RetentionJob(kinds);
	}

	/**
	 * Drops all that is due.
	 * @return how many rows went; never fails
	 */
	Mono<Long> drop() {
		return Flux.fromIterable(this.kinds).concatMap(this::drop).reduce(0L, Long::sum);
	}

	private Mono<Long> drop(PurgeTask task) {
		return task.drop().reduce(0L, Long::sum).doOnNext((dropped) -> tell(task, dropped)).onErrorResume((error) -> {
			logger.warn("Old {} are dropped later: {}", task.name(), error.toString());
			return Mono.empty();
		});
	}

	private static void tell(PurgeTask task, long dropped) {
		if (dropped > 0) {
			logger.debug("Old {} dropped: {}", task.name(), dropped);
		}
	}

}
