package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The commands on a single invitation, each one statement that locks the account first. A
 * statement whose conditions are not met changes nothing and returns empty.
 */
class InvitationStatements {

	private final CreateInvitation create;

	private final ResendInvitation resend;

	private final RevokeInvitation revoke;

	private final EditInvitation edit;

	private final AcceptInvitation accept;

	private final DeclineInvitation decline;

	InvitationStatements(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.create = new CreateInvitation(database, ids, properties);
		this.resend = new ResendInvitation(database, ids, properties);
		this.revoke = new RevokeInvitation(database);
		this.edit = new EditInvitation(database);
		this.accept = new AcceptInvitation(database);
		this.decline = new DeclineInvitation(database);
	}

	Mono<CommandOutcome> create(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key) {
		return this.create.execute(account, caller, invitation, key);
	}

	Mono<CommandOutcome> resend(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key) {
		return this.resend.execute(account, caller, id, key);
	}

	Mono<CommandOutcome> revoke(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key) {
		return this.revoke.execute(account, caller, id, key);
	}

	/**
	 * Replaces the permissions of a pending invitation.
	 * @param version the version of the permissions that the caller has read
	 */
	Mono<Invitation> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions, int version) {
		return this.edit.execute(account, caller, id, permissions, version);
	}

	/**
	 * Accepts an invitation and creates the membership.
	 * @param link a link whose signature was verified
	 */
	Mono<Invitation> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		return this.accept.execute(link, user, email, name);
	}

	/**
	 * Declines an invitation.
	 * @param link a link whose signature was verified
	 */
	Mono<Invitation> decline(LinkToken link, @Nullable String reason) {
		return this.decline.execute(link, reason);
	}

}
