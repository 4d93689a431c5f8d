package dev.latchkey.feed;

import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;

/**
 * Writes events as commands do, under the account's lock and with its next numbers, but
 * any number of them in one statement.
 */
record FeedLog(TestDatabase database, Service service, String account) {

	/**
	 * Writes events and notifies the service, as a command does after its commit.
	 * @return the number of the newest event
	 */
	long write(int count) {
		long newest = writeWithoutNotification(count);
		this.service.bean(Feed.class).notifyAppended(id());
		return newest;
	}

	/**
	 * Writes events without a notification, as if another replica had written them and
	 * its notification were lost.
	 * @return the number of the newest event
	 */
	long writeWithoutNotification(int count) {
		this.database.update("""
				with bump as (
				    update account set feed_seq = feed_seq + ? where id = ? returning id, feed_seq)
				insert into account_event (account_id, seq, type, actor_kind)
				select b.id, b.feed_seq - ? + g, 'invitation.expired', 'SYSTEM'
				  from bump b cross join generate_series(1, ?) g
				""", count, id().value(), count, count);
		return newest();
	}

	long newest() {
		return this.database.number("select feed_seq from account where id = ?", id().value());
	}

	AccountId id() {
		return new AccountId(UUID.fromString(this.account));
	}

}
