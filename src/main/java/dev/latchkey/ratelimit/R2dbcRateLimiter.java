package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.Sha256;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Counts attempts in the database, so all replicas share the counters. The database
 * stores only a hash of the counted address.
 */
class R2dbcRateLimiter implements RateLimiter {

	private final DatabaseClient database;

	private final LimitCounter limitCounter;

	R2dbcRateLimiter(DatabaseClient database, LimitCounter limitCounter) {
		this.database = database;
		this.limitCounter = limitCounter;
	}

	@Override
	public Mono<Void> acquire(RateLimit limit, String subject, int maxAttempts, Duration window) {
		return this.database.sql("""
				with counted as (
				    insert into throttle as t (bucket, window_start, hits) values (:bucket, now(), 1)
				    on conflict (bucket) do update
				       set hits = case when excluded.window_start - t.window_start >= make_interval(secs => :window)
				                       then 1 else t.hits + 1 end,
				           window_start = case when excluded.window_start - t.window_start
				                                         >= make_interval(secs => :window)
				                               then excluded.window_start else t.window_start end
				    returning hits, window_start)
				select hits, extract(epoch from now() - window_start)::float8 as elapsed from counted
				""")
			.bind("bucket", bucket(limit, subject))
			.bind("window", Intervals.seconds(window))
			.map((row) -> new Count(Columns.intValue(row, "hits"), Columns.doubleValue(row, "elapsed")))
			.one()
			.filter((count) -> count.attempts() > maxAttempts)
			.doOnNext((count) -> this.limitCounter.hit(limit.metricTag()))
			.flatMap((count) -> Mono.error(limit.refusal(remaining(window, count))));
	}

	@Override
	public Mono<Void> reset(RateLimit limit, String subject) {
		return this.database.sql("delete from throttle where bucket = :bucket")
			.bind("bucket", bucket(limit, subject))
			.then();
	}

	@Override
	public Mono<Void> release(RateLimit limit, String subject) {
		return this.database.sql("update throttle set hits = greatest(hits - 1, 0) where bucket = :bucket")
			.bind("bucket", bucket(limit, subject))
			.then();
	}

	private static Duration remaining(Duration window, Count count) {
		return window.minusMillis((long) (count.elapsedSeconds() * 1000));
	}

	private static String bucket(RateLimit limit, String subject) {
		return Sha256.hex(limit.metricTag() + '\0' + subject, 16);
	}

	private record Count(int attempts, double elapsedSeconds) {

	}

}
