package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Explains from the current state why an owner's command changed nothing. Each method
 * fails with the reason, or completes if there is no reason (any more). The methods only
 * read.
 */
class RefusalReasons {

	private final AccountAccess accountAccess;

	private final OwnedInvitations invitations;

	private final InvitationStore store;

	private final InvitationLimits limits;

	private final InviteeQuota quota;

	RefusalReasons(AccountAccess accountAccess, OwnedInvitations invitations, InvitationStore store,
			InvitationLimits limits, InviteeQuota quota) {
		this.accountAccess = accountAccess;
		this.invitations = invitations;
		this.store = store;
		this.limits = limits;
		this.quota = quota;
	}

	Mono<Void> explainCreate(AccountId account, UserId caller, EmailAddress email) {
		return this.accountAccess.requireOwner(account, caller)
			.then(requireNoMember(account, email))
			.then(requireNoLiveInvitation(account, email))
			.then(this.limits.requirePendingBelowLimit(account))
			.then(this.limits.requireCreationsBelowLimit(account))
			.then(this.quota.requireMailBelowLimit(account, email.mailbox()));
	}

	Mono<Void> explainResend(AccountId account, UserId caller, InvitationId id) {
		return this.invitations.require(account, caller, id).flatMap(this::explainResend);
	}

	Mono<Void> explainRevoke(AccountId account, UserId caller, InvitationId id) {
		return this.invitations.require(account, caller, id).flatMap((invitation) -> fail(invitation.revokeProblem()));
	}

	/**
	 * Explains why the permissions were not replaced.
	 * @param version the version of the permissions that the caller has read
	 */
	Mono<Void> explainEdit(AccountId account, UserId caller, InvitationId id, int version) {
		return this.invitations.require(account, caller, id)
			.flatMap((invitation) -> fail(invitation.editProblem(version)));
	}

	private Mono<Void> explainResend(Invitation invitation) {
		AccountId account = invitation.account();
		return fail(invitation.resendProblem()).then(requireNoMember(account, invitation.email()))
			.then(requireNoOtherLiveInvitation(invitation))
			.then(this.limits.requireCooldownOver(account, invitation.id()))
			.then(requirePendingBelowLimit(invitation))
			.then(this.quota.requireMailBelowLimit(account, invitation.email().mailbox()));
	}

	private Mono<Void> requireNoMember(AccountId account, EmailAddress email) {
		return this.store.isMember(account, email)
			.flatMap((member) -> member ? Mono.error(DomainException.of(ProblemCode.ALREADY_MEMBER)) : Mono.empty());
	}

	private Mono<Void> requireNoLiveInvitation(AccountId account, EmailAddress email) {
		return this.store.findLive(account, email).flatMap((id) -> Mono.error(invitationPending(id)));
	}

	private Mono<Void> requireNoOtherLiveInvitation(Invitation invitation) {
		return this.store.findLive(invitation.account(), invitation.email())
			.filter((id) -> !id.equals(invitation.id()))
			.flatMap((id) -> Mono.error(invitationPending(id)));
	}

	/**
	 * A pending invitation is counted already, so the limit cannot refuse its resend.
	 */
	private Mono<Void> requirePendingBelowLimit(Invitation invitation) {
		return (invitation.status() == InvitationStatus.PENDING) ? Mono.empty()
				: this.limits.requirePendingBelowLimit(invitation.account());
	}

	private static DomainException invitationPending(InvitationId id) {
		return DomainException.of(ProblemCode.INVITATION_PENDING).with("invitationId", id.toString());
	}

	private static Mono<Void> fail(Optional<DomainException> problem) {
		return Mono.justOrEmpty(problem).flatMap(Mono::error);
	}

}
