package dev.latchkey.invitation;

import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Reads invitations and the state that decides about commands.
 */
interface InvitationStore {

	/**
	 * Finds an invitation of an account.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> find(AccountId account, InvitationId id);

	/**
	 * Finds the invitation of a reminder.
	 * @return the invitation, or empty
	 */
	Mono<Invitation> findByReminder(AccountId account, UUID reminder);

	/**
	 * Finds the current permissions of a member.
	 * @return the permissions, or empty if the user is not a member of the account
	 */
	Mono<PermissionSet> findPermissions(AccountId account, UserId user);

	/**
	 * Whether the inviter is still the owner of the account.
	 */
	Mono<Boolean> isInviterOwner(Invitation invitation);

	/**
	 * The names of the account and of the inviter.
	 */
	Mono<InvitationParties> parties(Invitation invitation);

}
