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
class Retention {

	private static final Logger logger = LoggerFactory.getLogger(Retention.class);

	private final List<OldRows> kinds;

	Retention(List<OldRows> kinds) {
		this.kinds = List.copyOf(kinds);
	}

	/**
	 * What these settings say.
	 */
	static Retention of(DatabaseClient database, RetentionProperties properties) {
		ForgottenPeople people = new ForgottenPeople(database);
		List<OldRows> kinds = new ArrayList<>();
		if (properties.invitations() != null) {
			kinds.add(new OldInvitations(database, properties.invitations(), properties.batch(), people));
		}
		if (properties.events() != null) {
			kinds.add(new OldEvents(database, properties.events(), properties.batch(), people));
		}
		kinds.addAll(SpentAccountRows.all(database, properties));
		kinds.addAll(SpentRows.all(database, properties));
		return new Retention(kinds);
	}

	/**
	 * Drops all that is due.
	 * @return how many rows went; never fails
	 */
	Mono<Long> drop() {
		return Flux.fromIterable(this.kinds).concatMap(this::drop).reduce(0L, Long::sum);
	}

	private Mono<Long> drop(OldRows kind) {
		return kind.drop().reduce(0L, Long::sum).doOnNext((dropped) -> tell(kind, dropped)).onErrorResume((error) -> {
			logger.warn("Old {} are dropped later: {}", kind.name(), error.toString());
			return Mono.empty();
		});
	}

	private static void tell(OldRows kind, long dropped) {
		if (dropped > 0) {
			logger.debug("Old {} dropped: {}", kind.name(), dropped);
		}
	}

}
