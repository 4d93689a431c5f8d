package dev.latchkey.account;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The commands that change memberships. Each one is atomic and logs an event. A command
 * that is refused changes nothing.
 */
interface MemberCommands {

	/**
	 * Replaces the permissions of a member, if the version is unchanged.
	 * @return the changed member, or {@link ProblemCode#OWNER_ONLY},
	 * {@link ProblemCode#NOT_FOUND}, {@link ProblemCode#OWNER_IMMUTABLE} or
	 * {@link ProblemCode#STALE}
	 */
	Mono<Member> edit(AccountId account, UserId caller, UserId user, PermissionSet permissions, int version);

	/**
	 * Removes a member on behalf of the owner. An open offer of ownership to the member
	 * ends.
	 * @return completes, or fails with {@link ProblemCode#OWNER_ONLY},
	 * {@link ProblemCode#NOT_FOUND} or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	Mono<Void> remove(AccountId account, UserId caller, UserId user);

	/**
	 * Ends the membership of the user who leaves. An open offer of ownership to the user
	 * ends.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} or
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	Mono<Void> leave(AccountId account, UserId user);

}
