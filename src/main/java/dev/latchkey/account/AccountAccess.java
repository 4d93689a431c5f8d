package dev.latchkey.account;

import dev.latchkey.feed.FeedAccess;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Checks the role of a user in an account. A user who is not a member cannot find out
 * whether the account exists. Another member gets an error if an action is reserved for
 * the owner.
 */
public class AccountAccess implements FeedAccess {

	private final MemberRepository members;

	AccountAccess(MemberRepository members) {
		this.members = members;
	}

	/**
	 * Requires that a user is a member.
	 * @return the member, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Member> requireMember(AccountId account, UserId user) {
		return this.members.find(account, user).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	/**
	 * Requires that a user is the owner.
	 * @return the owner, or {@link ProblemCode#OWNER_ONLY} for another member, or
	 * {@link ProblemCode#NOT_FOUND} for a user who is not a member
	 */
	public Mono<Member> requireOwner(AccountId account, UserId user) {
		return requireMember(account, user).filter(Member::isOwner)
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)));
	}

	@Override
	public Mono<Void> requireReader(AccountId account, UserId reader) {
		return requireOwner(account, reader).then();
	}

}
