package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.CommandResult;
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
 * The commands on a single invitation. Each one is atomic; a command that is refused
 * changes nothing but the status of overdue invitations.
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
	 * @return the membership, also if the user has accepted before; or the problem
	 */
	Mono<CommandResult<Membership>> accept(LinkToken link, UserId user, EmailAddress email, String name);

	/**
	 * Declines an invitation.
	 * @param link a link whose signature was verified
	 * @return the invitation, also if it was declined with this link before; or the
	 * problem
	 */
	Mono<CommandResult<Invitation>> decline(LinkToken link, @Nullable String reason);

	/**
	 * Records whether the mail with the newest link was delivered.
	 * @return whether the link is the newest and had no result yet
	 */
	Mono<Boolean> recordDelivery(AccountId account, InvitationId id, int version, boolean sent);

}
