package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The commands on a single invitation. Each one is atomic. A command whose conditions are
 * not met changes nothing and returns empty.
 */
interface InvitationCommands {

	Mono<CommandOutcome> create(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key);

	Mono<CommandOutcome> resend(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key);

	Mono<CommandOutcome> revoke(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key);

	/**
	 * Replaces the permissions of a pending invitation.
	 * @param version the version of the permissions that the caller has read
	 */
	Mono<CommandOutcome> edit(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version);

	/**
	 * Accepts an invitation and creates the membership.
	 * @param link a link whose signature was verified
	 */
	Mono<Invitation> accept(LinkToken link, UserId user, EmailAddress email, String name);

	/**
	 * Declines an invitation.
	 * @param link a link whose signature was verified
	 */
	Mono<Invitation> decline(LinkToken link, @Nullable String reason);

}
