package dev.latchkey.invitation;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * For how long the oldest invitation that ran out has not been marked, read from the
 * first entry of an index. It is dead all the same; what grows is only how late the log
 * tells of it.
 */
class OverdueAge {

	private static final String SQL = """
			select extract(epoch from now() - min(expires_at))::float8 as age
			  from invitation where status = 'PENDING' and expires_at <= now()
			""";

	private final DatabaseClient database;

	OverdueAge(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * The age in seconds, 0 if all are marked.
	 */
	Mono<Double> seconds() {
		return this.database.sql(SQL).map((row) -> Optional.ofNullable(row.get("age", Double.class)).orElse(0.0)).one();
	}

}
