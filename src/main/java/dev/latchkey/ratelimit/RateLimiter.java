package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.Sha256;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Counts attempts in the database, so that the count holds for all replicas together. Who
 * attempts is kept as a hash only.
 */
public class RateLimiter {

	private final DatabaseClient database;

	private final LimitCounter limits;

	RateLimiter(DatabaseClient database, LimitCounter limits) {
		this.database = database;
		this.limits = limits;
	}

	/**
	 * Counts one attempt and lets it pass or refuses it.
	 * @param purpose what is attempted, which is also the limit's name in the metrics
	 * @param who the address or the source that attempts it
	 * @param limit how many attempts pass within a window
	 * @return completes, or {@link ProblemCode#LIMIT_REACHED} with the time to wait
	 */
	public Mono<Void> pass(String purpose, String who, int limit, Duration window) {
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
				select hits, extract(epoch from window_start - now())::float8 as begun from counted
				""")
			.bind("bucket", bucket(purpose, who))
			.bind("window", (double) window.toSeconds())
			.map((row) -> new Count(Columns.intValue(row, "hits"), Columns.doubleValue(row, "begun")))
			.one()
			.filter((count) -> count.limits() > limit)
			.doOnNext((count) -> this.limits.hit(purpose))
			.flatMap((count) -> Mono.error(limitReached(window, count)));
	}

	/**
	 * Forgets the attempts: they have ended well.
	 */
	public Mono<Void> forgive(String purpose, String who) {
		return this.database.sql("delete from throttle where bucket = :bucket")
			.bind("bucket", bucket(purpose, who))
			.then();
	}

	/**
	 * Gives one attempt back.
	 */
	public Mono<Void> refund(String purpose, String who) {
		return this.database.sql("update throttle set hits = greatest(hits - 1, 0) where bucket = :bucket")
			.bind("bucket", bucket(purpose, who))
			.then();
	}

	private static DomainException limitReached(Duration window, Count count) {
		Duration left = window.plusMillis((long) (count.begun() * 1000));
		return DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(left);
	}

	private static String bucket(String purpose, String who) {
		return Sha256.hex(purpose + '\0' + who, 16);
	}

	private record Count(int limits, double begun) {

	}

}
