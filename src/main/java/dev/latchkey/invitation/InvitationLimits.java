package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * How many invitations an account may create and have open: the service's limits, or the
 * account's own.
 */
class InvitationLimits {

	/** The names of the limits in the metrics. */
	static final String PENDING = "pending";

	static final String CREATIONS = "creations";

	private final DatabaseClient database;

	private final ExpirySweep sweep;

	private final InvitationProperties properties;

	private final LimitCounter hits;

	InvitationLimits(DatabaseClient database, ExpirySweep sweep, InvitationProperties properties, LimitCounter hits) {
		this.database = database;
		this.sweep = sweep;
		this.properties = properties;
		this.hits = hits;
	}

	/**
	 * Fails if the account has too many open invitations. Those that ran out do not
	 * count: they are marked first, whoever else is at work on the account.
	 */
	Mono<Void> refusePending(AccountId account) {
		return full(account).flatMap((counted) -> this.sweep.sweep(account).then(full(account)))
			.doOnNext((truly) -> this.hits.hit(PENDING))
			.flatMap((truly) -> Mono.error(DomainException.of(ProblemCode.TOO_MANY_PENDING)));
	}

	private Mono<AccountId> full(AccountId account) {
		return this.database.sql("""
				select 1 from account
				 where id = :account and pending_count >= coalesce(max_pending, :maxPending)
				""")
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.map((row) -> account)
			.one();
	}

	/**
	 * Fails if the account has created too many invitations since its window began.
	 */
	Mono<Void> refuseCreation(AccountId account) {
		return this.database.sql("""
				select extract(epoch from creation_window + interval '1 day' - now())::float8 as wait
				  from account
				 where id = :account and creation_window > now() - interval '1 day'
				   and creation_count >= coalesce(max_creations_per_day, :maxCreations)
				""")
			.bind("account", account.value())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.map((row) -> Duration.ofSeconds((long) Math.ceil(Columns.doubleValue(row, "wait"))))
			.one()
			.doOnNext((wait) -> this.hits.hit(CREATIONS))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(wait)));
	}

}
