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

	private static final String ATTEMPTS = """
			with gone as (
			    delete from throttle where bucket in (
			        select bucket from throttle where window_start <= now() - make_interval(secs => :age)
			         order by window_start limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private static final String ADDRESS_ATTEMPTS = """
			with gone as (
			    delete from address_attempt where (address_hash, counter) in (
			        select address_hash, counter from address_attempt
			         where counted_at <= now() - make_interval(secs => :age)
			         order by counted_at limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private static final String KNOWN_SOURCES = """
			with gone as (
			    delete from known_source where (address_hash, source_hash) in (
			        select address_hash, source_hash from known_source
			         where last_success_at <= now() - make_interval(secs => :age)
			         order by last_success_at limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private RateLimitPurges() {
	}

	static PurgeTask attempts(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "attempts", ATTEMPTS, COUNTS, properties.purgeBatchSize());
	}

	static PurgeTask addressAttempts(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "attempts for addresses", ADDRESS_ATTEMPTS, COUNTS,
				properties.purgeBatchSize());
	}

	static PurgeTask knownSources(DatabaseClient database, Duration validity, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "known sources", KNOWN_SOURCES, validity, properties.purgeBatchSize());
	}

}
