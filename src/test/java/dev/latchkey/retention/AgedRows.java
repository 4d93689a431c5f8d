package dev.latchkey.retention;

import java.util.List;
import java.util.UUID;

import dev.latchkey.testing.TestDatabase;
import reactor.core.publisher.Flux;

/**
 * Makes the past that tests need, past the service.
 */
record AgedRows(TestDatabase database) {

	/**
	 * Writes events as commands do, with the account's next numbers, but long ago.
	 * @return the number of the newest
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
	 * Lets an account's whole log have been written long ago.
	 */
	void age(UUID account, int days) {
		this.database.update("update account_event set at = at - make_interval(days => ?) where account_id = ?", days,
				account);
	}

	/**
	 * Lets the invitations of an account that have ended have done so long ago.
	 */
	void ageEnded(UUID account, int days) {
		this.database.update("""
				update invitation set issued_at = issued_at - make_interval(days => ?),
				       expires_at = expires_at - make_interval(days => ?),
				       ended_at = ended_at - make_interval(days => ?)
				 where account_id = ? and ended_at is not null
				""", days, days, days, account);
	}

	static List<Long> all(Flux<Long> batches) {
		return batches.collectList().blockOptional().orElseThrow();
	}

	static long sum(List<Long> batches) {
		return batches.stream().mapToLong(Long::longValue).sum();
	}

}
