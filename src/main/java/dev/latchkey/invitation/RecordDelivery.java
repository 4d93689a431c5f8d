package dev.latchkey.invitation;

import java.util.UUID;

import dev.latchkey.feed.EventType;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Records the delivery result of an invitation's mail, if the mail is the newest of the
 * invitation. It locks the account first.
 */
class RecordDelivery {

	private static final String SQL = """
			with locked as (
			    select a.id from account a where a.id = :account for no key update),
			changed as (
			    update invitation i set delivery_status = :delivery
			      from locked l
			     where i.account_id = l.id and i.account_id = :account and i.id = :id and i.token_version = :version
			       and i.delivery_status = 'QUEUED'
			    returning i.account_id, i.id, i.send_count),
			bump as (
			    update account a set feed_seq = a.feed_seq + 1 from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq)
			insert into account_event (account_id, seq, type, actor_kind, invitation_id, send_count)
			select c.account_id, b.feed_seq, :type, 'SYSTEM', c.id, c.send_count
			  from changed c cross join bump b
			""";

	private final DatabaseClient database;

	RecordDelivery(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Runs the statement.
	 * @return whether the mail was the newest, so that its result was recorded
	 */
	Mono<Boolean> execute(UUID account, UUID invitation, int version, boolean sent) {
		return this.database.sql(SQL)
			.bind("account", account)
			.bind("id", invitation)
			.bind("version", version)
			.bind("delivery", (sent ? DeliveryStatus.SENT : DeliveryStatus.FAILED).name())
			.bind("type", (sent ? EventType.INVITATION_SENT : EventType.INVITATION_DELIVERY_FAILED).wireName())
			.fetch()
			.rowsUpdated()
			.map((rows) -> rows > 0);
	}

}
