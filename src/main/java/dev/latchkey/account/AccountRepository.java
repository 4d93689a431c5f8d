package dev.latchkey.account;

import java.util.UUID;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Finds accounts through the membership of whoever asks; there is no other way to them.
 */
interface AccountRepository extends Repository<Account, UUID> {

	@Query("""
			select a.id, a.name, a.locale, a.valid_days, m.owner, a.member_count, t.user_id as transfer_to,
			       t.name as transfer_name,
			       case when t.user_id is not null then a.transfer_expires_at end as transfer_expires_at, a.created_at
			  from membership m join account a on a.id = m.account_id
			  left join account_person t
			    on t.account_id = a.id and t.user_id = a.transfer_to and a.transfer_expires_at > now()
			   and (m.owner or m.user_id = a.transfer_to)
			 where m.user_id = :user
			 order by a.created_at, a.id
			""")
	Flux<Account> findOf(UUID user);

	@Query("""
			select a.id, a.name, a.locale, a.valid_days, m.owner, a.member_count, t.user_id as transfer_to,
			       t.name as transfer_name,
			       case when t.user_id is not null then a.transfer_expires_at end as transfer_expires_at, a.created_at
			  from membership m join account a on a.id = m.account_id
			  left join account_person t
			    on t.account_id = a.id and t.user_id = a.transfer_to and a.transfer_expires_at > now()
			   and (m.owner or m.user_id = a.transfer_to)
			 where m.account_id = :account and m.user_id = :user
			""")
	Mono<Account> findOf(UUID account, UUID user);

}
