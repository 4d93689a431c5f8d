package dev.latchkey.account;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The commands that change memberships. Each one is atomic and logs an event. A command
 * whose conditions do not hold changes nothing and returns empty.
 */
interface MemberCommands {

	/**
	 * Replaces the permissions of a member, if the version is unchanged.
	 * @return the changed member, or empty if nothing changed
	 */
	Mono<Member> edit(AccountId account, UserId owner, UserId user, PermissionSet permissions, int version);

	/**
	 * Removes a member on behalf of the owner.
	 * @return the number of the event, or empty if nothing changed
	 */
	Mono<Long> remove(AccountId account, UserId owner, UserId user);

	/**
	 * Ends the membership of the user who leaves.
	 * @return the number of the event, or empty if nothing changed
	 */
	Mono<Long> leave(AccountId account, UserId user);

}
