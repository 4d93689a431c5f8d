package dev.latchkey.account;

import dev.latchkey.feed.FeedAccess;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * What somebody is in an account: a stranger learns nothing of it, a member learns that
 * managing users is the owner's alone.
 */
public class AccountAccess implements FeedAccess {

	private final MemberRepository members;

	AccountAccess(MemberRepository members) {
		this.members = members;
	}

	/**
	 * The membership of whoever asks.
	 * @return the member, or {@link ProblemCode#NOT_FOUND} for a stranger
	 */
	public Mono<Member> member(AccountId account, UserId user) {
		return this.members.find(account.value(), user.value()).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	/**
	 * Lets only the owner pass.
	 * @return the owner, or {@link ProblemCode#OWNER_ONLY} for another member and
	 * {@link ProblemCode#NOT_FOUND} for a stranger
	 */
	public Mono<Member> owner(AccountId account, UserId user) {
		return member(account, user).filter(Member::owner)
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)));
	}

	@Override
	public Mono<Void> requireReader(AccountId account, UserId reader) {
		return owner(account, reader).then();
	}

}
