package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.Sha256;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Counts attempts in the database, so all replicas share the counters. An attempt is one
 * statement. The database stores only hashes of addresses and sources.
 */
class R2dbcAddressRateLimiter implements AddressRateLimiter {

	/** How many known sources an address has at most; the oldest are forgotten. */
	static final int MAX_KNOWN_SOURCES = 20;

	private static final int HASH_BYTES = 16;

	private static final String KNOWN = """
			select 1 from known_source
			 where address_hash = :address and source_hash = :source
			   and last_success_at > now() - make_interval(secs => :validity)""";

	/**
	 * The attempts of the source are counted before those that the unknown sources share,
	 * so that a source beyond its own limit does not use up the shared attempts.
	 */
	private static final String ACQUIRE = """
			with known as (%1$s),
			of_source as (
			    insert into address_attempt as a (address_hash, counter, attempts, counted_at)
			    values (:address, :sourceCounter, 1, now())
			    %2$s),
			of_unknown_sources as (
			    insert into address_attempt as a (address_hash, counter, attempts, counted_at)
			    select :address, :sharedCounter, 1, now() from of_source where not exists (select 1 from known)
			    %3$s)
			select exists (select 1 from of_source) as within_source_limit,
			       exists (select 1 from known) or exists (select 1 from of_unknown_sources) as within_shared_limit,
			       %4$s as source_wait, %5$s as shared_wait
			""".formatted(KNOWN, countUpTo("sourceMax", "sourceInterval"), countUpTo("sharedMax", "sharedInterval"),
			wait("sourceCounter", "sourceMax", "sourceInterval"), wait("sharedCounter", "sharedMax", "sharedInterval"));

	/**
	 * The update reads the number of forgotten counts, so it runs after their deletion.
	 * The rows are then locked in the same order as by an attempt.
	 */
	private static final String RECORD = """
			with known as (%s),
			marked as (
			    insert into known_source as k (address_hash, source_hash, last_success_at)
			    values (:address, :source, now())
			    on conflict (address_hash, source_hash) do update
			       set last_success_at = greatest(excluded.last_success_at, k.last_success_at)),
			excess as (
			    delete from known_source where address_hash = :address and source_hash in (
			        select source_hash from known_source where address_hash = :address and source_hash <> :source
			         order by last_success_at desc offset :others)),
			forgotten as (
			    delete from address_attempt where address_hash = :address and counter = :sourceCounter
			    returning 1)
			update address_attempt set attempts = greatest(attempts - :takenBack, 0)
			 where address_hash = :address and counter = :sharedCounter and not exists (select 1 from known)
			   and (select count(*) from forgotten) >= 0
			""".formatted(KNOWN);

	private final DatabaseClient database;

	private final LimitCounter limitCounter;

	private final Duration knownSourceValidity;

	R2dbcAddressRateLimiter(DatabaseClient database, LimitCounter limitCounter, Duration knownSourceValidity) {
		this.database = database;
		this.limitCounter = limitCounter;
		this.knownSourceValidity = knownSourceValidity;
	}

	@Override
	public Mono<Void> acquire(AddressLimit limit, EmailAddress email, String source) {
		Keys keys = Keys.of(limit.limit(), email, source);
		return bind(ACQUIRE, keys).bind("sourceMax", limit.maxPerSource())
			.bind("sourceInterval", limit.secondsPerAttemptOfSource())
			.bind("sharedMax", limit.maxFromUnknownSources())
			.bind("sharedInterval", limit.secondsPerAttemptOfUnknownSources())
			.map(Count::of)
			.one()
			.flatMap((count) -> decide(limit, keys, count));
	}

	@Override
	public Mono<Void> recordSuccess(RateLimit limit, EmailAddress email, String source) {
		return record(Keys.of(limit, email, source), 1);
	}

	@Override
	public Mono<Void> recordProof(RateLimit limit, EmailAddress email, String source) {
		return record(Keys.of(limit, email, source), 0);
	}

	private Mono<Void> record(Keys keys, int takenBack) {
		return bind(RECORD, keys).bind("others", MAX_KNOWN_SOURCES - 1).bind("takenBack", takenBack).then();
	}

	private DatabaseClient.GenericExecuteSpec bind(String statement, Keys keys) {
		return this.database.sql(statement)
			.bind("address", keys.address())
			.bind("source", keys.source())
			.bind("sourceCounter", keys.sourceCounter())
			.bind("sharedCounter", keys.sharedCounter())
			.bind("validity", Intervals.seconds(this.knownSourceValidity));
	}

	/**
	 * An attempt that the shared limit refuses is taken back from the source, which could
	 * otherwise use up its own attempts without having made one.
	 */
	private Mono<Void> decide(AddressLimit limit, Keys keys, Count count) {
		if (!count.withinSourceLimit()) {
			return refuse(limit.limit(), limit.limit().metricTagPerSource(), count.sourceWait(),
					limit.secondsPerAttemptOfSource());
		}
		if (!count.withinSharedLimit()) {
			return takeBack(keys).then(refuse(limit.limit(), limit.limit().metricTag(), count.sharedWait(),
					limit.secondsPerAttemptOfUnknownSources()));
		}
		return Mono.empty();
	}

	private Mono<Void> takeBack(Keys keys) {
		return this.database.sql("""
				update address_attempt set attempts = greatest(attempts - 1, 0)
				 where address_hash = :address and counter = :counter
				""").bind("address", keys.address()).bind("counter", keys.sourceCounter()).then();
	}

	/**
	 * The time to wait was read before the attempt waited for concurrent ones, and is
	 * then too short or not positive.
	 */
	private Mono<Void> refuse(RateLimit limit, String metricTag, double wait, double secondsPerAttempt) {
		double seconds = (wait > 0) ? Math.min(wait, secondsPerAttempt) : secondsPerAttempt;
		return Mono.fromRunnable(() -> this.limitCounter.hit(metricTag))
			.then(Mono.error(limit.refusal(Duration.ofMillis((long) Math.ceil(seconds * 1000)))));
	}

	/**
	 * Counts an attempt unless that exceeds the maximum.
	 */
	private static String countUpTo(String max, String interval) {
		return """
				on conflict (address_hash, counter) do update
				   set attempts = %1$s + 1, counted_at = greatest(excluded.counted_at, a.counted_at)
				 where %1$s + 1 <= :%2$s
				returning 1""".formatted(remaining("excluded.counted_at", interval), max);
	}

	/**
	 * The seconds until one more attempt is possible.
	 */
	private static String wait(String counter, String max, String interval) {
		return """
				coalesce((select (%s + 1 - :%s) * :%s from address_attempt a
				           where a.address_hash = :address and a.counter = :%s), 0)"""
			.formatted(remaining("now()", interval), max, interval, counter);
	}

	/**
	 * The attempts that are not forgotten at a time. A transaction that waited can be
	 * older than the last count.
	 */
	private static String remaining(String time, String interval) {
		return "greatest(a.attempts - greatest(extract(epoch from " + time + " - a.counted_at)::float8, 0) / :"
				+ interval + ", 0)";
	}

	private record Keys(String address, String source, String sourceCounter, String sharedCounter) {

		static Keys of(RateLimit limit, EmailAddress email, String source) {
			String mailbox = email.mailbox();
			return new Keys(hash("address", mailbox), hash("source", mailbox, source),
					hash(limit.metricTagPerSource(), mailbox, source), hash(limit.metricTag(), mailbox));
		}

		private static String hash(String... parts) {
			return Sha256.hex(String.join("\0", parts), HASH_BYTES);
		}

	}

	private record Count(boolean withinSourceLimit, boolean withinSharedLimit, double sourceWait, double sharedWait) {

		static Count of(Readable row) {
			return new Count(Columns.booleanValue(row, "within_source_limit"),
					Columns.booleanValue(row, "within_shared_limit"), Columns.doubleValue(row, "source_wait"),
					Columns.doubleValue(row, "shared_wait"));
		}

	}

}
