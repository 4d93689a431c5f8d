package dev.latchkey.retention;

import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;

/**
 * Writes old rows directly into the database, and runs purges.
 */
record AgedRows(TestDatabase database) {

	/**
	 * Writes events as commands do, with the account's next numbers, but with an old
	 * date.
	 * @return the number of the newest event
	 */
	long events(UUID account, int count, int daysAgo) {
		this.database.update("""
				with bump as (
				    update account set feed_seq = feed_seq + ? where id = ? returning id, feed_seq)
				insert into account_event (account_id, seq, type, at, actor_kind)
				select b.id, b.feed_seq - ? + g, 'invitation.expired', now() - make_interval(days => ?), 'SYSTEM'
				  from bump b cross join generate_series(1, ?) g
				""", count, account, count, daysAgo, count);
		return newest(account);
	}

	long newest(UUID account) {
		return this.database.number("select feed_seq from account where id = ?", account);
	}

	long oldest(UUID account) {
		return this.database.number("select min(seq) from account_event where account_id = ?", account);
	}

	/**
	 * Moves all events of an account into the past.
	 */
	void ageEvents(UUID account, int days) {
		this.database.update("update account_event set at = at - make_interval(days => ?) where account_id = ?", days,
				account);
	}

	/**
	 * Moves all ended invitations of an account into the past.
	 */
	void ageEndedInvitations(UUID account, int days) {
		this.database.update("""
				update invitation set issued_at = issued_at - make_interval(days => ?),
				       expires_at = expires_at - make_interval(days => ?),
				       ended_at = ended_at - make_interval(days => ?)
				 where account_id = ? and ended_at is not null
				""", days, days, days, account);
	}

	/**
	 * The purge task of a service with this bean name.
	 */
	static PurgeTask task(Service service, String name) {
		return service.bean(name, PurgeTask.class);
	}

	/**
	 * Runs a purge to its end.
	 * @return the number of rows in each batch
	 */
	static List<Long> purge(PurgeTask task) {
		return task.purge().collectList().blockOptional().orElseThrow();
	}

	static long sum(List<Long> batches) {
		return batches.stream().mapToLong(Long::longValue).sum();
	}

}
