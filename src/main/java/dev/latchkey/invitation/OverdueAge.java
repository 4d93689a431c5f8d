package dev.latchkey.invitation;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The age of the oldest overdue invitation, which has expired and is not marked as
 * expired yet. It cannot be accepted any more; only its event is late. The query reads
 * the first entry of an index.
 */
class OverdueAge {

	private static final String SQL = """
			select extract(epoch from now() - min(i.expires_at))::float8 as age
			  from invitation i where %s
			""".formatted(InvitationSql.OVERDUE);

	private final DatabaseClient database;

	OverdueAge(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * The time since the expiry of the oldest overdue invitation, in seconds; 0 if none
	 * is overdue.
	 */
	Mono<Double> seconds() {
		return this.database.sql(SQL).map((row) -> Optional.ofNullable(row.get("age", Double.class)).orElse(0.0)).one();
	}

}
