package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Checks three limits: the pending invitations of an account, its creations in a day, and
 * the cooldown between two mails of an invitation. The first two are set for the account
 * or else for the service. A limit that is reached is counted in the metrics; the checks
 * do not write to the database.
 */
class InvitationLimits {

	/** The name of the limit of pending invitations in the metrics. */
	static final String PENDING = "pending";

	/** The name of the limit of created invitations in the metrics. */
	static final String CREATIONS = "creations";

	/** The name of the cooldown between two mails in the metrics. */
	static final String COOLDOWN = "cooldown";

	private static final String HAS_MAX_PENDING = """
			select a.pending_count - (select count(*) from invitation i where i.account_id = :account and %s)
			       >= coalesce(a.max_pending, :maxPending) as reached
			  from account a
			 where a.id = :account
			""".formatted(InvitationStore.OVERDUE);

	private final DatabaseClient database;

	private final InvitationProperties properties;

	private final LimitCounter hits;

	InvitationLimits(DatabaseClient database, InvitationProperties properties, LimitCounter hits) {
		this.database = database;
		this.properties = properties;
		this.hits = hits;
	}

	/**
	 * Requires that the account can have one more pending invitation. Overdue invitations
	 * do not count.
	 * @return completes, or fails with {@link ProblemCode#TOO_MANY_PENDING}
	 */
	Mono<Void> requirePendingBelowLimit(AccountId account) {
		return this.database.sql(HAS_MAX_PENDING)
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.map((row) -> Columns.booleanValue(row, "reached"))
			.one()
			.filter((reached) -> reached)
			.doOnNext((reached) -> this.hits.hit(PENDING))
			.flatMap((reached) -> Mono.error(DomainException.of(ProblemCode.TOO_MANY_PENDING)));
	}

	/**
	 * Requires that the account can create one more invitation in its current window of a
	 * day.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED} and the time
	 * until the window ends
	 */
	Mono<Void> requireCreationsBelowLimit(AccountId account) {
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

	/**
	 * Requires that the cooldown after the last mail of an invitation is over.
	 * @return completes, or fails with {@link ProblemCode#RESEND_TOO_SOON} and the
	 * remaining time
	 */
	Mono<Void> requireCooldownOver(AccountId account, InvitationId id) {
		return this.database.sql("""
				select extract(epoch from issued_at + make_interval(secs => :cooldown) - now())::float8 as wait
				  from invitation
				 where account_id = :account and id = :id and issued_at > now() - make_interval(secs => :cooldown)
				""")
			.bind("account", account.value())
			.bind("id", id.value())
			.bind("cooldown", InvitationStore.seconds(this.properties.resendCooldown()))
			.map((row) -> Duration.ofSeconds((long) Math.ceil(Columns.doubleValue(row, "wait"))))
			.one()
			.doOnNext((wait) -> this.hits.hit(COOLDOWN))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.RESEND_TOO_SOON).retryAfter(wait)));
	}

}
