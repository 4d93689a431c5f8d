package dev.latchkey.account;

import java.util.function.Consumer;

import dev.latchkey.permission.GrantPolicy;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The members of an account. The owner reads, edits and removes members. Every member
 * except the owner can leave.
 */
public class Members {

	private final MemberCommands commands;

	private final AccountAccess accountAccess;

	private final Consumer<AccountId> notifyAppended;

	/**
	 * Creates the operations on members.
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 */
	Members(MemberCommands commands, AccountAccess accountAccess, Consumer<AccountId> notifyAppended) {
		this.commands = commands;
		this.accountAccess = accountAccess;
		this.notifyAppended = notifyAppended;
	}

	/**
	 * Finds a member, for the owner.
	 * @return the member, or {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Member> find(AccountId account, UserId caller, UserId user) {
		return this.accountAccess.requireOwner(account, caller).then(this.accountAccess.requireMember(account, user));
	}

	/**
	 * Replaces the permissions of a member. The owner has every permission, and the
	 * command is refused if the caller is not the owner.
	 * @param version the version of the permissions that the caller has read
	 * @return the changed member, or {@link ProblemCode#EMPTY_PERMISSIONS},
	 * {@link ProblemCode#OWNER_ONLY}, {@link ProblemCode#NOT_FOUND},
	 * {@link ProblemCode#OWNER_IMMUTABLE} or {@link ProblemCode#STALE}
	 */
	public Mono<Member> editPermissions(AccountId account, UserId caller, UserId user, PermissionSet permissions,
			int version) {
		PermissionSet granted = GrantPolicy.requireGrantable(PermissionSet.all(), permissions);
		return this.commands.edit(account, caller, user, granted, version)
			.doOnNext((member) -> this.notifyAppended.accept(account));
	}

	/**
	 * Removes a member. The login of the member and other memberships stay.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND},
	 * {@link ProblemCode#OWNER_ONLY} or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return this.commands.remove(account, caller, user).doOnSuccess((done) -> this.notifyAppended.accept(account));
	}

	/**
	 * Ends the membership of the caller.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} or
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> leave(AccountId account, UserId caller) {
		return this.commands.leave(account, caller).doOnSuccess((done) -> this.notifyAppended.accept(account));
	}

}
