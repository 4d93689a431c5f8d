package dev.latchkey.account;

import java.util.UUID;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes the orphaned rows of {@code account_person}: names and addresses of users that
 * are no longer members and to whom no stored event or invitation refers. They are found
 * without a lock; if the account's log has grown since then, they are left for the next
 * purge.
 */
class OrphanedPersonPurge implements AccountPurgeListener {

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

	private static final String DELETE = """
			with locked as (
			    select a.id from account a
			     where a.id = :account and a.feed_seq = :head
			       for no key update skip locked)
			delete from account_person p using locked l
			 where p.account_id = :account and p.account_id = l.id and p.user_id = any(:users)
			""";

	private final DatabaseClient database;

	private final TaskFailures failures;

	OrphanedPersonPurge(DatabaseClient database, Outages outages) {
		this.database = database;
		this.failures = outages.ofItems("The purge of former users");
	}

	/**
	 * Deletes the orphans of an account. A failure is only recorded: the next purge of
	 * the account tries again.
	 */
	@Override
	public Mono<Void> afterPurge(AccountId account) {
		return this.failures.recording(find(account).flatMap((orphans) -> delete(account, orphans)),
				"account " + account);
	}

	private Mono<Orphans> find(AccountId account) {
		return this.database.sql(FIND)
			.bind("account", account.value())
			.map((row) -> new Orphans(Columns.longValue(row, "feed_seq"), row.get("users", UUID[].class)))
			.one();
	}

	private Mono<Void> delete(AccountId account, Orphans orphans) {
		return this.database.sql(DELETE)
			.bind("account", account.value())
			.bind("head", orphans.head())
			.bind("users", orphans.users())
			.then();
	}

	/**
	 * The users whose rows are deleted.
	 *
	 * @param head the number of the account's newest event when they were found
	 */
	@SuppressWarnings("ArrayRecordComponent") // bound to a statement as it was read
	private record Orphans(long head, UUID[] users) {

	}

}
