package dev.latchkey.invitation;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Says from the present state why the owner's command changed nothing. Each method fails
 * with the reason, or completes if there is none (any more).
 */
class RefusalReasons {

	private final AccountAccess accountAccess;

	private final InvitationStore store;

	private final InvitationLimits limits;

	private final InviteeQuota quota;

	private final InvitationProperties properties;

	private final LimitCounter hits;

	RefusalReasons(AccountAccess accountAccess, InvitationStore store, InvitationLimits limits, InviteeQuota quota,
			InvitationProperties properties, LimitCounter hits) {
		this.accountAccess = accountAccess;
		this.store = store;
		this.limits = limits;
		this.quota = quota;
		this.properties = properties;
		this.hits = hits;
	}

	Mono<Void> create(AccountId account, UserId caller, EmailAddress email) {
		return this.accountAccess.requireOwner(account, caller)
			.then(memberAlready(account, email))
			.then(pendingAlready(account, email))
			.then(this.limits.refusePending(account))
			.then(this.limits.refuseCreation(account))
			.then(quotaExhausted(account, email));
	}

	Mono<Void> resend(AccountId account, UserId caller, InvitationId id) {
		return owned(account, caller, id)
			.flatMap((invitation) -> fail(invitation.refusesOwner()).then(memberAlready(account, invitation.email()))
				.then(otherPending(account, invitation))
				.then(cooldown(account, id))
				.then(capFor(invitation))
				.then(quotaExhausted(account, invitation.email())));
	}

	Mono<Void> revoke(AccountId account, UserId caller, InvitationId id) {
		return owned(account, caller, id).flatMap((invitation) -> fail(invitation.refusesOwner()));
	}

	Mono<Void> edit(AccountId account, UserId caller, InvitationId id, int version) {
		return owned(account, caller, id).flatMap((invitation) -> fail(invitation.refusesEdit(version)));
	}

	private Mono<Invitation> owned(AccountId account, UserId caller, InvitationId id) {
		return this.accountAccess.requireOwner(account, caller)
			.then(this.store.find(account, id))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<Void> memberAlready(AccountId account, EmailAddress email) {
		return this.store.isMember(account, email)
			.flatMap((member) -> member ? Mono.error(DomainException.of(ProblemCode.ALREADY_MEMBER)) : Mono.empty());
	}

	private Mono<Void> pendingAlready(AccountId account, EmailAddress email) {
		return this.store.findPending(account, email).flatMap((id) -> Mono.error(pending(id)));
	}

	private Mono<Void> otherPending(AccountId account, Invitation invitation) {
		return this.store.findPending(account, invitation.email())
			.filter((id) -> !id.equals(invitation.id()))
			.flatMap((id) -> Mono.error(pending(id)));
	}

	private Mono<Void> cooldown(AccountId account, InvitationId id) {
		return this.store.cooldown(account, id, this.properties.resendCooldown())
			.doOnNext((wait) -> this.hits.hit("cooldown"))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.RESEND_TOO_SOON).retryAfter(wait)));
	}

	private Mono<Void> capFor(Invitation invitation) {
		return (invitation.status() == InvitationStatus.PENDING) ? Mono.empty()
				: this.limits.refusePending(invitation.account());
	}

	private Mono<Void> quotaExhausted(AccountId account, EmailAddress email) {
		return this.quota.exhausted(account, email.mailbox(), this.properties.maxResendsPerDay())
			.flatMap((Duration wait) -> Mono.error(DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(wait)));
	}

	private static DomainException pending(InvitationId id) {
		return DomainException.of(ProblemCode.INVITATION_PENDING).with("invitationId", id.toString());
	}

	private static Mono<Void> fail(Optional<DomainException> refusal) {
		return Mono.justOrEmpty(refusal).flatMap(Mono::error);
	}

}
