package dev.latchkey.account;

import java.util.UUID;

import reactor.core.publisher.Mono;

import org.springframework.data.r2dbc.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * Finds members. Every query names the account.
 */
interface MemberRepository extends Repository<Member, UUID> {

	@Query("""
			select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number, m.joined_at
			  from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			 where m.account_id = :account and m.user_id = :user
			""")
	Mono<Member> find(UUID account, UUID user);

	@Query("""
			select m.account_id, m.user_id, p.name, p.email, m.owner, m.permissions, m.version, m.number, m.joined_at
			  from membership m join account_person p on p.account_id = m.account_id and p.user_id = m.user_id
			 where m.account_id = :account and m.owner
			""")
	Mono<Member> findOwner(UUID account);

}
