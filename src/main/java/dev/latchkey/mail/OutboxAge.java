package dev.latchkey.mail;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * How long the oldest mail has been waiting that could have gone out: since it was
 * ordered if it was due before, whether it waits for its first attempt or its next; since
 * it became due if its mailbox was being spared until then. Both by the first entry of an
 * index.
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
	 * The age in seconds, 0 if nothing waits.
	 */
	Mono<Double> seconds() {
		return this.database.sql(SQL).map((row) -> Optional.ofNullable(row.get("age", Double.class)).orElse(0.0)).one();
	}

}
