package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The owner's commands on invitations. The statements themselves check that the caller
 * owns the account. If a statement changed nothing, the reason is read afterwards. If
 * there is no reason any more, the statement runs again. Before that, overdue invitations
 * are marked as expired if they fill the account's limit.
 */
public class Invitations {

	private final InvitationCommands commands;

	private final RefusalReasons reasons;

	private final PendingCapacity capacity;

	private final OwnedInvitations invitations;

	private final CommandExecution execution;

	private final IdempotencyReceipts receipts;

	private final InvitationNotifier notifier;

	Invitations(InvitationCommands commands, RefusalReasons reasons, PendingCapacity capacity,
			OwnedInvitations invitations, CommandExecution execution, IdempotencyReceipts receipts,
			InvitationNotifier notifier) {
		this.commands = commands;
		this.reasons = reasons;
		this.capacity = capacity;
		this.invitations = invitations;
		this.execution = execution;
		this.receipts = receipts;
		this.notifier = notifier;
	}

	/**
	 * Invites an address.
	 * @return the invitation; {@link ProblemCode#INVITATION_PENDING} with the id of the
	 * pending invitation if the address has one; {@link ProblemCode#ALREADY_MEMBER};
	 * {@link ProblemCode#TOO_MANY_PENDING}; {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<CommandResult<Invitation>> create(AccountId account, UserId caller, NewInvitation wanted,
			Optional<IdempotencyKey> key) {
		wanted.permissions().requireNonEmpty();
		Mono<CommandOutcome> command = this.commands.create(account, caller, wanted, key);
		Mono<Void> refusal = this.reasons.explainCreate(account, caller, wanted.email())
			.then(this.capacity.expireOverdueIfFull(account));
		Mono<Invitation> work = this.execution.run(account, command)
			.orExplain(refusal)
			.doOnNext(this.notifier::created)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key, (id) -> find(account, caller, new InvitationId(id)),
				work);
	}

	/**
	 * Finds an invitation for the owner.
	 * @return the invitation, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Invitation> find(AccountId account, UserId caller, InvitationId id) {
		return this.invitations.require(account, caller, id);
	}

	/**
	 * Sends a pending or expired invitation again, with a new link.
	 * @return the invitation; {@link ProblemCode#RESEND_TOO_SOON} within the cooldown;
	 * {@link ProblemCode#WRONG_STATUS} if its status is final; or the problems of
	 * {@link #create}
	 */
	public Mono<CommandResult<Invitation>> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<CommandOutcome> command = this.commands.resend(account, caller, id, key);
		Mono<Void> refusal = this.reasons.explainResend(account, caller, id)
			.then(this.capacity.expireOverdueIfFull(account));
		Mono<Invitation> work = this.execution.run(account, command)
			.orExplain(refusal)
			.doOnNext(this.notifier::resent)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key, (resent) -> find(account, caller, id), work);
	}

	/**
	 * Revokes a pending or expired invitation.
	 * @return the invitation, or {@link ProblemCode#WRONG_STATUS} if its status is final
	 */
	public Mono<CommandResult<Invitation>> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<CommandOutcome> command = this.commands.revoke(account, caller, id, key);
		Mono<Void> refusal = this.reasons.explainRevoke(account, caller, id);
		Mono<Invitation> work = this.execution.run(account, command)
			.orExplain(refusal)
			.doOnNext(this.notifier::revoked)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key, (revoked) -> find(account, caller, id), work);
	}

	/**
	 * Replaces the permissions of a pending invitation.
	 * @param version the version of the permissions that the caller has read
	 * @return the invitation; {@link ProblemCode#STALE} if the version is not the current
	 * one; {@link ProblemCode#WRONG_STATUS} if the invitation is not pending
	 */
	public Mono<Invitation> editPermissions(AccountId account, UserId caller, InvitationId id,
			PermissionSet permissions, int version) {
		permissions.requireNonEmpty();
		Mono<Invitation> command = this.commands.edit(account, caller, id, permissions, version);
		Mono<Void> refusal = this.reasons.explainEdit(account, caller, id, version);
		return this.execution.run(account, command).orExplain(refusal).doOnNext(this.notifier::edited);
	}

}
