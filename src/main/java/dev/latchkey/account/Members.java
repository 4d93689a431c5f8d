package dev.latchkey.account;

import java.util.function.Consumer;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.permission.GrantPolicy;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The members of an account. The owner reads, edits and removes members. Every member
 * except the owner can leave.
 */
public class Members {

	private final MemberCommands commands;

	private final CommandExecution execution;

	private final AccountAccess accountAccess;

	private final Consumer<AccountId> notifyAppended;

	/**
	 * Creates the operations on members.
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 */
	Members(MemberCommands commands, CommandExecution execution, AccountAccess accountAccess,
			Consumer<AccountId> notifyAppended) {
		this.commands = commands;
		this.execution = execution;
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
	 * Replaces the permissions of a member.
	 * @param version the version of the permissions that the caller has read
	 * @return the changed member, or {@link ProblemCode#STALE},
	 * {@link ProblemCode#OWNER_IMMUTABLE}, {@link ProblemCode#OWNER_ONLY}, or
	 * {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Member> editPermissions(AccountId account, UserId caller, UserId user, PermissionSet permissions,
			int version) {
		return this.accountAccess.requireOwner(account, caller)
			.map((owner) -> GrantPolicy.requireGrantable(owner.permissions(), permissions))
			.flatMap((granted) -> this.execution
				.run(account, this.commands.edit(account, caller, user, granted, version))
				.orExplain(explainEdit(account, caller, user, version)))
			.doOnNext((member) -> this.notifyAppended.accept(account));
	}

	/**
	 * Removes a member. The login of the member and other memberships stay.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND},
	 * {@link ProblemCode#OWNER_ONLY} or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return this.execution.run(account, this.commands.remove(account, caller, user))
			.orExplain(find(account, caller, user).flatMap(Members::requireNotOwner))
			.doOnNext((sequence) -> this.notifyAppended.accept(account))
			.then();
	}

	/**
	 * Ends the membership of the caller.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} or
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> leave(AccountId account, UserId caller) {
		return this.execution.run(account, this.commands.leave(account, caller))
			.orExplain(this.accountAccess.requireMember(account, caller).flatMap(Members::requireNotOwner))
			.doOnNext((sequence) -> this.notifyAppended.accept(account))
			.then();
	}

	private Mono<Void> explainEdit(AccountId account, UserId caller, UserId user, int version) {
		return find(account, caller, user)
			.flatMap((member) -> requireNotOwner(member).then(requireVersion(member, version)));
	}

	private static Mono<Void> requireNotOwner(Member member) {
		return member.isOwner() ? Mono.error(DomainException.of(ProblemCode.OWNER_IMMUTABLE)) : Mono.empty();
	}

	private static Mono<Void> requireVersion(Member member, int version) {
		return (member.version() == version) ? Mono.empty() : Mono.error(DomainException.of(ProblemCode.STALE));
	}

}
