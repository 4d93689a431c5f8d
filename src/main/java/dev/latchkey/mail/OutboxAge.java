package dev.latchkey.mail;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The age of the oldest mail that could have been sent. A mail ages from its enqueueing,
 * whether it waits for its first attempt or for a retry. A mail that was deferred because
 * of its mailbox's quota ages from the time at which it became due. Each of the two is
 * the first entry of an index.
 */
class OutboxAge {

	private static final String SQL = """
			select extract(epoch from now() - least((select min(created_at) from outbox where not deferred),
			                                        (select min(due_at) from outbox where due_at <= now())))::float8 as age
			""";

	private final DatabaseClient database;

	OutboxAge(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * The age in seconds, 0 if no mail waits.
	 */
	Mono<Double> seconds() {
		return this.database.sql(SQL).map((row) -> Optional.ofNullable(row.get("age", Double.class)).orElse(0.0)).one();
	}

}
