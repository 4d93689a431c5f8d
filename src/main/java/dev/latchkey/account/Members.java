package dev.latchkey.account;

import dev.latchkey.command.CommandExecution;
import dev.latchkey.feed.Feed;
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

	private final MemberStatements statements;

	private final CommandExecution execution;

	private final AccountAccess accountAccess;

	private final Feed feed;

	Members(MemberStatements statements, CommandExecution execution, AccountAccess accountAccess, Feed feed) {
		this.statements = statements;
		this.execution = execution;
		this.accountAccess = accountAccess;
		this.feed = feed;
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
				.run(account, this.statements.edit(account, caller, user, granted, version))
				.orExplain(explainEdit(account, caller, user, version)))
			.doOnNext((member) -> this.feed.notifyAppended(account));
	}

	/**
	 * Removes a member. The login of the member and other memberships stay.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND},
	 * {@link ProblemCode#OWNER_ONLY} or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return this.execution.run(account, this.statements.remove(account, caller, user))
			.orExplain(find(account, caller, user).flatMap(Members::requireNotOwner))
			.doOnNext((sequence) -> this.feed.notifyAppended(account))
			.then();
	}

	/**
	 * Ends the membership of the caller.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} or
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> leave(AccountId account, UserId caller) {
		return this.execution.run(account, this.statements.leave(account, caller))
			.orExplain(this.accountAccess.requireMember(account, caller).flatMap(Members::requireNotOwner))
			.doOnNext((sequence) -> this.feed.notifyAppended(account))
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
