package dev.latchkey.invitation;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

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

	private final LimitStore store;

	private final LimitCounter hits;

	InvitationLimits(LimitStore store, LimitCounter hits) {
		this.store = store;
		this.hits = hits;
	}

	/**
	 * Requires that the account can have one more pending invitation. Overdue invitations
	 * do not count.
	 * @return completes, or fails with {@link ProblemCode#TOO_MANY_PENDING}
	 */
	Mono<Void> requirePendingBelowLimit(AccountId account) {
		return this.store.isPendingLimitReached(account)
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
		return this.store.waitForCreation(account)
			.doOnNext((wait) -> this.hits.hit(CREATIONS))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(wait)));
	}

	/**
	 * Requires that the cooldown after the last mail of an invitation is over.
	 * @return completes, or fails with {@link ProblemCode#RESEND_TOO_SOON} and the
	 * remaining time
	 */
	Mono<Void> requireCooldownOver(AccountId account, InvitationId id) {
		return this.store.waitForCooldown(account, id)
			.doOnNext((wait) -> this.hits.hit(COOLDOWN))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.RESEND_TOO_SOON).retryAfter(wait)));
	}

}
