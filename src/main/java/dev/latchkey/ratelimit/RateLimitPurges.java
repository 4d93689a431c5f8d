package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.retention.ExpiredRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes counts of attempts that limit nothing any more, and sources that are not known
 * any more. Counts are kept for longer than a window lasts, so that no count disappears
 * between two statements that read it.
 */
final class RateLimitPurges {

	private static final Duration COUNTS = Duration.ofDays(2);

	private static final String STATEMENT = """
			with gone as (
			    delete from %1$s where (%2$s) in (
			        select %2$s from %1$s
			         where %3$s <= now() - make_interval(secs => :age)
			         order by %3$s
			         limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private RateLimitPurges() {
	}

	static PurgeTask attempts(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "attempts", statement("throttle", "bucket", "window_start"), COUNTS,
				properties.purgeBatchSize());
	}

	static PurgeTask addressAttempts(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "attempts for addresses",
				statement("address_attempt", "address_hash, counter", "counted_at"), COUNTS,
				properties.purgeBatchSize());
	}

	static PurgeTask knownSources(DatabaseClient database, Duration validity, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "known sources",
				statement("known_source", "address_hash, source_hash", "last_success_at"), validity,
				properties.purgeBatchSize());
	}

	/**
	 * Deletes the oldest rows of a table.
	 * @param key the columns of its primary key
	 * @param time the column whose age decides
	 */
	private static String statement(String table, String key, String time) {
		return STATEMENT.formatted(table, key, time);
	}

}
