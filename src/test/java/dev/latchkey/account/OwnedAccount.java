package dev.latchkey.account;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The access to one account with two members, for tests of other modules.
 */
public final class OwnedAccount implements MemberRepository {

	private final AccountId account;

	private final UserId owner;

	private final UserId other;

	private OwnedAccount(AccountId account, UserId owner, UserId other) {
		this.account = account;
		this.owner = owner;
		this.other = other;
	}

	/**
	 * Returns the access to the account.
	 * @param other the member that is not the owner
	 */
	public static AccountAccess access(AccountId account, UserId owner, UserId other) {
		return new AccountAccess(new OwnedAccount(account, owner, other));
	}

	@Override
	public Mono<Member> find(UUID id, UUID user) {
		boolean member = user.equals(this.owner.value()) || user.equals(this.other.value());
		return (member && id.equals(this.account.value())) ? Mono.just(member(new UserId(user))) : Mono.empty();
	}

	@Override
	public Mono<Member> findOwner(UUID id) {
		return find(id, this.owner.value());
	}

	private Member member(UserId user) {
		return new Member(this.account, user, "Ann", "ann@example.com", user.equals(this.owner), PermissionSet.all(), 1,
				1, Instant.EPOCH);
	}

}
