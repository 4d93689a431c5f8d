package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.feed.EventType;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The owner's commands on invitations. Each command is one function of the database,
 * which checks its rules and the role of the caller while it holds the lock of the
 * account. Another member gets {@link ProblemCode#OWNER_ONLY}, all other users get
 * {@link ProblemCode#NOT_FOUND}.
 */
public class Invitations {

	private final InvitationCommands commands;

	private final AccountAccess accountAccess;

	private final InvitationStore store;

	private final InvitationNotifier notifier;

	Invitations(InvitationCommands commands, AccountAccess accountAccess, InvitationStore store,
			InvitationNotifier notifier) {
		this.commands = commands;
		this.accountAccess = accountAccess;
		this.store = store;
		this.notifier = notifier;
	}

	/**
	 * Invites an address.
	 * @return the invitation; {@link ProblemCode#INVITATION_PENDING} with the id of the
	 * pending invitation if the address has one; {@link ProblemCode#ALREADY_MEMBER};
	 * {@link ProblemCode#TOO_MANY_PENDING}; {@link ProblemCode#LIMIT_REACHED};
	 * {@link ProblemCode#IDEMPOTENCY_KEY_REUSED}
	 */
	public Mono<CommandResult<Invitation>> create(AccountId account, UserId caller, NewInvitation wanted,
			Optional<IdempotencyKey> key) {
		wanted.permissions().requireNonEmpty();
		return complete(account, EventType.INVITATION_CREATED, this.commands.create(account, caller, wanted, key));
	}

	/**
	 * Finds an invitation for the owner.
	 * @return the invitation, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Invitation> find(AccountId account, UserId caller, InvitationId id) {
		return this.accountAccess.requireOwner(account, caller)
			.then(this.store.find(account, id))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

	/**
	 * Sends a pending or expired invitation again, with a new link.
	 * @return the invitation; {@link ProblemCode#RESEND_TOO_SOON} within the cooldown;
	 * {@link ProblemCode#WRONG_STATUS} if its status is final; or the problems of
	 * {@link #create}
	 */
	public Mono<CommandResult<Invitation>> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return complete(account, EventType.INVITATION_RESENT, this.commands.resend(account, caller, id, key));
	}

	/**
	 * Revokes a pending or expired invitation.
	 * @return the invitation, or {@link ProblemCode#WRONG_STATUS} if its status is final
	 */
	public Mono<CommandResult<Invitation>> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return complete(account, EventType.INVITATION_REVOKED, this.commands.revoke(account, caller, id, key));
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
		return complete(account, EventType.INVITATION_PERMISSIONS_CHANGED,
				this.commands.edit(account, caller, id, permissions, version))
			.map(CommandResult::value);
	}

	private Mono<CommandResult<Invitation>> complete(AccountId account, EventType event, Mono<CommandOutcome> command) {
		return command.doOnNext((outcome) -> this.notifier.completed(account, event, outcome))
			.flatMap(CommandOutcome::result);
	}

}
