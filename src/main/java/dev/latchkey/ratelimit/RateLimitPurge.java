package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.retention.ExpiredRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes counts of attempts in windows that have ended. They are kept for longer than a
 * window lasts, so that no count disappears between two statements that read it.
 */
final class RateLimitPurge {

	private static final String STATEMENT = """
			with gone as (
			    delete from throttle where bucket in (
			        select bucket from throttle where window_start <= now() - make_interval(secs => :age)
			         order by window_start limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private RateLimitPurge() {
	}

	static PurgeTask task(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "attempts", STATEMENT, Duration.ofDays(2), properties.purgeBatchSize());
	}

}
