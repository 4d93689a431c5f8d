package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Finds accounts. Every query goes through the membership of the reader, so that only
 * members can read an account.
 */
interface AccountRepository extends Repository<Account, UUID> {

	/** What every query reads, as {@link AccountConverter} expects it. */
	String SELECT = """
			select a.id, a.name, a.locale, a.valid_days, m.owner, a.member_count, t.user_id as transfer_to,
			       t.name as transfer_name,
			       case when t.user_id is not null then a.transfer_expires_at end as transfer_expires_at, a.created_at
			  from membership m join account a on a.id = m.account_id
			  left join account_person t
			    on t.account_id = a.id and t.user_id = a.transfer_to and a.transfer_expires_at > now()
			   and (m.owner or m.user_id = a.transfer_to)
			""";

	/**
	 * Finds the accounts of a user, oldest first.
	 */
	@Query(SELECT + " where m.user_id = :user order by a.created_at, a.id")
	Flux<Account> findAll(UUID user);

	/**
	 * Finds one account of a user.
	 * @return the account, or empty if it does not exist or the user is not a member
	 */
	@Query(SELECT + " where m.account_id = :account and m.user_id = :user")
	Mono<Account> find(UUID account, UUID user);

	default Flux<Account> findAll(UserId user) {
		return findAll(user.value());
	}

	default Mono<Account> find(AccountId account, UserId user) {
		return find(account.value(), user.value());
	}

}
