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
 * The commands as SQL: each is one statement that locks the account first.
 */
class R2dbcInvitationCommands implements InvitationCommands {

	private final CreateInvitation create;

	private final ResendInvitation resend;

	private final RevokeInvitation revoke;

	private final EditInvitation edit;

	private final AcceptInvitation accept;

	private final DeclineInvitation decline;

	R2dbcInvitationCommands(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.create = new CreateInvitation(database, ids, properties);
		this.resend = new ResendInvitation(database, ids, properties);
		this.revoke = new RevokeInvitation(database);
		this.edit = new EditInvitation(database);
		this.accept = new AcceptInvitation(database);
		this.decline = new DeclineInvitation(database);
	}

	@Override
	public Mono<CommandOutcome> create(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key) {
		return this.create.execute(account, caller, invitation, key);
	}

	@Override
	public Mono<CommandOutcome> resend(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return this.resend.execute(account, caller, id, key);
	}

	@Override
	public Mono<CommandOutcome> revoke(AccountId account, UserId caller, InvitationId id,
			Optional<IdempotencyKey> key) {
		return this.revoke.execute(account, caller, id, key);
	}

	@Override
	public Mono<Invitation> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version) {
		return this.edit.execute(account, caller, id, permissions, version);
	}

	@Override
	public Mono<Invitation> accept(LinkToken link, UserId user, EmailAddress email, String name) {
		return this.accept.execute(link, user, email, name);
	}

	@Override
	public Mono<Invitation> decline(LinkToken link, @Nullable String reason) {
		return this.decline.execute(link, reason);
	}

}
