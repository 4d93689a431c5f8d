package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.account.Decision;
import dev.latchkey.account.Receipts;
import dev.latchkey.account.Receipts.Done;
import dev.latchkey.account.Standing;
import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.permission.GrantPolicy;
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

	private final InvitationRefusals refusals;

	private final InvitationRows rows;

	private final Decision decision;

	private final Receipts receipts;

	private final Standing standing;

	private final Announcements announcements;

	Invitations(InvitationCommands commands, InvitationRefusals refusals, InvitationRows rows, Decision decision,
			Receipts receipts, Standing standing, Announcements announcements) {
		this.commands = commands;
		this.refusals = refusals;
		this.rows = rows;
		this.decision = decision;
		this.receipts = receipts;
		this.standing = standing;
		this.announcements = announcements;
	}

	/**
	 * Invites an address.
	 * @return the invitation, or {@link ProblemCode#INVITATION_PENDING} with the id of
	 * the one that is open, {@link ProblemCode#ALREADY_MEMBER},
	 * {@link ProblemCode#TOO_MANY_PENDING}, {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<Done<Invitation>> create(AccountId account, UserId caller, NewInvitation wanted,
			Optional<IdempotencyKey> key) {
		GrantPolicy.grant(PermissionSet.all(), wanted.permissions());
		Mono<Changed> command = this.commands.create().execute(account, caller, wanted, key);
		Mono<Invitation> work = this.decision
			.reach(account, command, this.refusals.create(account, caller, wanted.email()))
			.doOnNext(this.announcements::created)
			.map(Changed::invitation);
		return this.receipts.once(account.value(), caller, key, (id) -> present(account, caller, new InvitationId(id)),
				work);
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
	public Mono<Done<Invitation>> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<Invitation> work = this.decision
			.reach(account, this.commands.resend().execute(account, caller, id, key),
					this.refusals.resend(account, caller, id))
			.doOnNext(this.announcements::resent)
			.map(Changed::invitation);
		return this.receipts.once(account.value(), caller, key, (made) -> present(account, caller, id), work);
	}

	/**
	 * Takes an open or expired invitation back.
	 * @return the invitation, or {@link ProblemCode#WRONG_STATUS}
	 */
	public Mono<Done<Invitation>> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		Mono<Invitation> work = this.decision
			.reach(account, this.commands.revoke().execute(account, caller, id, key),
					this.refusals.revoke(account, caller, id))
			.doOnNext(this.announcements::revoked)
			.map(Changed::invitation);
		return this.receipts.once(account.value(), caller, key, (made) -> present(account, caller, id), work);
	}

	/**
	 * Replaces the permissions of an open invitation.
	 * @param version the version that the caller has read
	 * @return the invitation, or {@link ProblemCode#STALE},
	 * {@link ProblemCode#WRONG_STATUS}
	 */
	public Mono<Invitation> editPermissions(AccountId account, UserId caller, InvitationId id,
			PermissionSet permissions, int version) {
		PermissionSet granted = GrantPolicy.grant(PermissionSet.all(), permissions);
		return this.decision
			.reach(account, this.commands.edit().execute(account, caller, id, granted, version),
					this.refusals.edit(account, caller, id, version))
			.doOnNext(this.announcements::edited);
	}

	private Mono<Invitation> present(AccountId account, UserId caller, InvitationId id) {
		return this.standing.owner(account, caller)
			.then(this.rows.find(account, id))
			.switchIfEmpty(Mono.error(DomainException::notFound));
	}

}
