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
 * The members of an account: the owner sees, edits and removes them, and everybody but
 * the owner can leave.
 */
public class Members {

	private final MemberRepository repository;

	private final MemberStatements statements;

	private final CommandExecution execution;

	private final AccountAccess accountAccess;

	private final Feed feed;

	Members(MemberRepository repository, MemberStatements statements, CommandExecution execution,
			AccountAccess accountAccess, Feed feed) {
		this.repository = repository;
		this.statements = statements;
		this.execution = execution;
		this.accountAccess = accountAccess;
		this.feed = feed;
	}

	/**
	 * One member, for the owner.
	 * @return the member, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Member> find(AccountId account, UserId caller, UserId user) {
		return this.accountAccess.owner(account, caller).then(member(account, user));
	}

	/**
	 * Replaces a member's permissions.
	 * @param version the version that the caller has read
	 * @return the member as edited, or {@link ProblemCode#STALE},
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Member> editPermissions(AccountId account, UserId caller, UserId user, PermissionSet permissions,
			int version) {
		return this.accountAccess.owner(account, caller)
			.map((owner) -> GrantPolicy.grant(owner.held(), permissions))
			.flatMap((granted) -> this.execution.reach(account,
					this.statements.edit(account, caller, user, granted, version),
					refuseEdit(account, caller, user, version)))
			.doOnNext((member) -> this.feed.notifyAppended(account));
	}

	/**
	 * Removes a member: that membership and nothing else.
	 * @return completes, or {@link ProblemCode#NOT_FOUND},
	 * {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> remove(AccountId account, UserId caller, UserId user) {
		return this.execution
			.reach(account, this.statements.remove(account, caller, user),
					find(account, caller, user).flatMap(Members::refuseOwner))
			.doOnNext((seq) -> this.feed.notifyAppended(account))
			.then();
	}

	/**
	 * Leaves an account.
	 * @return completes, or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	public Mono<Void> leave(AccountId account, UserId caller) {
		return this.execution
			.reach(account, this.statements.leave(account, caller),
					this.accountAccess.member(account, caller).flatMap(Members::refuseOwner))
			.doOnNext((seq) -> this.feed.notifyAppended(account))
			.then();
	}

	private Mono<Member> member(AccountId account, UserId user) {
		return this.repository.find(account.value(), user.value()).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<Void> refuseEdit(AccountId account, UserId caller, UserId user, int version) {
		return find(account, caller, user).flatMap((member) -> (member.version() == version) ? refuseOwner(member)
				: refuseOwner(member).then(Mono.error(DomainException.of(ProblemCode.STALE))));
	}

	private static Mono<Void> refuseOwner(Member member) {
		return member.owner() ? Mono.error(DomainException.of(ProblemCode.OWNER_IMMUTABLE)) : Mono.empty();
	}

}
