package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.command.CommandExecution;
import dev.latchkey.command.CommandResult;
import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The owner's side of invitations. Only the owner gets past the statements themselves;
 * what a caller is told about a refusal depends on what they are in the account.
 */
public class Invitations {

	private final InvitationCommands commands;

	private final RefusalReasons refusals;

	private final InvitationStore store;

	private final CommandExecution execution;

	private final IdempotencyReceipts receipts;

	private final AccountAccess accountAccess;

	private final InvitationNotifier notifier;

	Invitations(InvitationCommands commands, RefusalReasons refusals, InvitationStore store, CommandExecution execution,
			IdempotencyReceipts receipts, AccountAccess accountAccess, InvitationNotifier notifier) {
		this.commands = commands;
		this.refusals = refusals;
		this.store = store;
		this.execution = execution;
		this.receipts = receipts;
		this.accountAccess = accountAccess;
		this.notifier = notifier;
	}

	/**
	 * Invites an address.
	 * @return the invitation, or {@link ProblemCode#INVITATION_PENDING} with the id of
	 * the one that is open, {@link ProblemCode#ALREADY_MEMBER},
	 * {@link ProblemCode#TOO_MANY_PENDING}, {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<CommandResult<Invitation>> create(AccountId account, UserId caller, NewInvitation wanted,
			Optional<IdempotencyKey> key) {
		wanted.permissions().requireNonEmpty();
		Mono<CommandOutcome> command = this.commands.create().execute(account, caller, wanted, key);
		Mono<Invitation> work = this.execution.run(account, command)
			.orExplain(this.refusals.create(account, caller, wanted.email()))
			.doOnNext(this.notifier::created)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key,
				(id) -> present(account, caller, new InvitationId(id)), work);
	}

	/**
	 * One invitation, for the owner.
	 * @return the invitation, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Invitation> find(AccountId account, UserId caller, InvitationId id) {
		return present(account, caller, id);
	}

	/**
	 * Sends an open or expired invitation again, with a new link.
	 * @return the invitation, or {@link ProblemCode#RESEND_TOO_SOON},
	 * {@link ProblemCode#WRONG_STATUS} and the refusals of a creation
	 */
	public Mono<CommandResult<Invitation>> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<Invitation> work = this.execution.run(account, this.commands.resend().execute(account, caller, id, key))
			.orExplain(this.refusals.resend(account, caller, id))
			.doOnNext(this.notifier::resent)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key, (made) -> present(account, caller, id), work);
	}

	/**
	 * Takes an open or expired invitation back.
	 * @return the invitation, or {@link ProblemCode#WRONG_STATUS}
	 */
	public Mono<CommandResult<Invitation>> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<Invitation> work = this.execution.run(account, this.commands.revoke().execute(account, caller, id, key))
			.orExplain(this.refusals.revoke(account, caller, id))
			.doOnNext(this.notifier::revoked)
			.map(CommandOutcome::invitation);
		return this.receipts.runOnce(account.value(), caller, key, (made) -> present(account, caller, id), work);
	}

	/**
	 * Replaces the permissions of an open invitation.
	 * @param version the version that the caller has read
	 * @return the invitation, or {@link ProblemCode#STALE},
	 * {@link ProblemCode#WRONG_STATUS}
	 */
	public Mono<Invitation> editPermissions(AccountId account, UserId caller, InvitationId id,
			PermissionSet permissions, int version) {
		permissions.requireNonEmpty();
		return this.execution.run(account, this.commands.edit().execute(account, caller, id, permissions, version))
			.orExplain(this.refusals.edit(account, caller, id, version))
			.doOnNext(this.notifier::edited);
	}

	private Mono<Invitation> present(AccountId account, UserId caller, InvitationId id) {
		return this.accountAccess.requireOwner(account, caller)
			.then(this.store.find(account, id))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

}
