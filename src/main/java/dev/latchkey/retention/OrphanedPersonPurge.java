package dev.latchkey.retention;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Forgets the people of an account who are no members and whom nothing that is kept tells
 * of. Who they are is read without a lock; if the account's log has grown since, they are
 * left for the next time.
 */
class OrphanedPersonPurge {

	private static final Logger logger = LoggerFactory.getLogger(OrphanedPersonPurge.class);

	private static final String FIND = """
			select a.feed_seq, array_agg(p.user_id) as users
			  from account a join account_person p on p.account_id = a.id
			 where a.id = :account
			   and not exists (select 1 from membership m
			                    where m.account_id = :account and m.user_id = p.user_id)
			   and not exists (select 1 from account_event e
			                    where e.account_id = :account and e.actor_id = p.user_id)
			   and not exists (select 1 from account_event e
			                    where e.account_id = :account and e.user_id = p.user_id)
			   and not exists (select 1 from invitation i
			                    where i.account_id = :account and i.inviter_id = p.user_id)
			   and not exists (select 1 from invitation i
			                    where i.account_id = :account and i.accepted_by = p.user_id)
			 group by a.feed_seq
			""";

	private static final String FORGET = """
			with locked as (
			    select a.id from account a
			     where a.id = :account and a.feed_seq = :head
			       for no key update skip locked)
			delete from account_person p using locked l
			 where p.account_id = :account and p.account_id = l.id and p.user_id = any(:users)
			""";

	private final DatabaseClient database;

	OrphanedPersonPurge(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Forgets whoever can be; what stands against it is met again with the next rows that
	 * are dropped.
	 */
	Mono<Void> forget(AccountId account) {
		return this.database.sql(FIND)
			.bind("account", account.value())
			.map((row) -> new Nobodies(Columns.longValue(row, "feed_seq"), row.get("users", UUID[].class)))
			.one()
			.flatMap((nobodies) -> forget(account, nobodies))
			.onErrorResume((error) -> {
				logger.warn("People of account {} are forgotten later: {}", account, error.toString());
				return Mono.empty();
			});
	}

	private Mono<Void> forget(AccountId account, Nobodies nobodies) {
		return this.database.sql(FORGET)
			.bind("account", account.value())
			.bind("head", nobodies.head())
			.bind("users", nobodies.users())
			.then();
	}

	@SuppressWarnings("ArrayRecordComponent") // it is bound as it was read
	private record Nobodies(long head, UUID[] users) {

	}

}
