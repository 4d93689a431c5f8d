package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Finds members. Every query specifies the account.
 */
interface MemberRepository extends Repository<Member, UUID> {

	/** What every query reads, as {@link MemberConverter} expects it. */
	String SELECT = """
			select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number, m.joined_at
			  from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			""";

	/**
	 * Finds a member.
	 * @return the member, or empty if the user is not a member of the account
	 */
	@Query(SELECT + " where m.account_id = :account and m.user_id = :user")
	Mono<Member> find(UUID account, UUID user);

	/**
	 * Finds the owner of an account.
	 * @return the owner, or empty if there is no such account
	 */
	@Query(SELECT + " where m.account_id = :account and m.owner")
	Mono<Member> findOwner(UUID account);

	default Mono<Member> find(AccountId account, UserId user) {
		return find(account.value(), user.value());
	}

	default Mono<Member> findOwner(AccountId account) {
		return findOwner(account.value());
	}

}
