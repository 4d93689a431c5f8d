package dev.latchkey.feed;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads the events of accounts. Commands write events in their own statements, under the
 * account's lock, so after a number has become visible no smaller one appears. The
 * numbers of an account have no gaps, and only the oldest events are deleted. Therefore a
 * page is read as a range of numbers, which costs the same for a log of any length and
 * does not depend on the planner's estimates.
 */
public class EventLog {

	private static final String COLUMNS = """
			e.seq, e.type, e.at, e.actor_kind, e.actor_id, ap.name as actor_name,
			e.invitation_id, i.email as invitation_email, i.decline_reason,
			e.user_id, p.name as user_name, p.email as user_email, e.permissions, e.previous, e.send_count
			""";

	private static final String JOINS = """
			left join invitation i on i.account_id = e.account_id and i.id = e.invitation_id
			left join account_person ap on ap.account_id = e.account_id and ap.user_id = e.actor_id
			left join account_person p on p.account_id = e.account_id and p.user_id = e.user_id
			""";

	private static final String AFTER = """
			where e.account_id = :account and e.seq > :seq
			  and e.seq <= :limit
			      + greatest(:seq, (select min(o.seq) - 1 from account_event o where o.account_id = :account))
			order by e.seq
			""";

	private static final String BEFORE = """
			where e.account_id = :account and e.seq < :seq
			  and e.seq >= least(:seq, (select a.feed_seq + 1 from account a where a.id = :account)) - :limit
			order by e.seq desc
			""";

	private static final String BEFORE_OF_TYPE = """
			where e.account_id = :account and e.seq < :seq and e.type = :type order by e.seq desc limit :limit
			""";

	private static final String HEAD = "select id, feed_seq, owner_id, clock_timestamp() as read_at from account ";

	private final DatabaseClient database;

	EventLog(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Events after a position, oldest first.
	 */
	public Flux<AccountEvent> after(AccountId account, long seq, int limit) {
		return this.database.sql("select " + COLUMNS + " from account_event e " + JOINS + AFTER)
			.bind("account", account.value())
			.bind("seq", seq)
			.bind("limit", limit)
			.map(EventLog::event)
			.all();
	}

	/**
	 * Events after the last one that a reader has seen, oldest first and without a gap.
	 * @param seq the number of that event; 0 reads from the oldest stored event
	 * @return the events, or {@link ProblemCode#INVALID_CURSOR} if the next ones are no
	 * longer stored
	 */
	public Mono<List<AccountEvent>> resumeAfter(AccountId account, long seq, int limit) {
		return after(account, seq, limit).collectList().doOnNext((events) -> {
			if (seq > 0 && !events.isEmpty() && events.get(0).seq() != seq + 1) {
				throw DomainException.of(ProblemCode.INVALID_CURSOR).with("field", "after");
			}
		});
	}

	/**
	 * The number of the oldest stored event, or empty if there is none.
	 */
	public Mono<Long> oldest(AccountId account) {
		return this.database.sql("select seq from account_event where account_id = :account order by seq limit 1")
			.bind("account", account.value())
			.map((row) -> Columns.longValue(row, "seq"))
			.one();
	}

	/**
	 * Events before a position, newest first.
	 * @param type returns only events of this type; null returns all
	 */
	public Flux<AccountEvent> before(AccountId account, long seq, @Nullable EventType type, int limit) {
		DatabaseClient.GenericExecuteSpec statement = this.database
			.sql("select " + COLUMNS + " from account_event e " + JOINS + ((type != null) ? BEFORE_OF_TYPE : BEFORE))
			.bind("account", account.value())
			.bind("seq", seq)
			.bind("limit", limit);
		return ((type != null) ? statement.bind("type", type.wireName()) : statement).map(EventLog::event).all();
	}

	/**
	 * All events of one invitation, oldest first.
	 */
	public Flux<AccountEvent> of(AccountId account, InvitationId invitation) {
		return this.database
			.sql("select " + COLUMNS + " from account_event e " + JOINS
					+ " where e.account_id = :account and e.invitation_id = :invitation order by e.seq")
			.bind("account", account.value())
			.bind("invitation", invitation.value())
			.map(EventLog::event)
			.all();
	}

	/**
	 * The newest number of an account's log, and the account's owner.
	 * @return the head, or empty if the account does not exist
	 */
	Mono<Head> head(AccountId account) {
		return this.database.sql(HEAD + "where id = :account")
			.bind("account", account.value())
			.map(EventLog::headOf)
			.one();
	}

	Flux<Head> heads(Collection<AccountId> accounts) {
		return this.database.sql(HEAD + "where id = any(:accounts)")
			.bind("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
			.map(EventLog::headOf)
			.all();
	}

	/**
	 * A number that identifies this database in its current history. It is a hash of the
	 * identifier of the PostgreSQL cluster, its timeline, which changes with a restore or
	 * a failover, and the id of the database in the cluster.
	 */
	Mono<Long> epoch() {
		return this.database.sql("""
				select ('x' || substr(md5(system_identifier || ':'
				            || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || ':'
				            || (select oid from pg_database where datname = current_database())), 1, 13))
				       ::bit(52)::bigint as epoch
				  from pg_control_system()
				""").map((row) -> Columns.longValue(row, "epoch")).one();
	}

	private static Head headOf(Readable row) {
		return new Head(new AccountId(Columns.uuid(row, "id")), Columns.longValue(row, "feed_seq"),
				new UserId(Columns.uuid(row, "owner_id")), Columns.instant(row, "read_at"));
	}

	private static AccountEvent event(Readable row) {
		return new AccountEvent(Columns.longValue(row, "seq"), Columns.string(row, "type"), Columns.instant(row, "at"),
				new AccountEvent.Actor(ActorKind.valueOf(Columns.string(row, "actor_kind")),
						row.get("actor_id", UUID.class), row.get("actor_name", String.class)),
				invitation(row), user(row), strings(row, "permissions"), strings(row, "previous"),
				row.get("send_count", Integer.class));
	}

	private static AccountEvent.@Nullable InvitationRef invitation(Readable row) {
		UUID id = row.get("invitation_id", UUID.class);
		return (id == null) ? null
				: new AccountEvent.InvitationRef(id, row.get("invitation_email", String.class),
						EventType.INVITATION_DECLINED.wireName().equals(row.get("type", String.class))
								? row.get("decline_reason", String.class) : null);
	}

	private static AccountEvent.@Nullable UserRef user(Readable row) {
		UUID id = row.get("user_id", UUID.class);
		return (id == null) ? null
				: new AccountEvent.UserRef(id, row.get("user_name", String.class), row.get("user_email", String.class));
	}

	private static @Nullable List<String> strings(Readable row, String column) {
		String[] strings = row.get(column, String[].class);
		return (strings == null) ? null : List.of(strings);
	}

	/**
	 * The end of an account's log at a certain time.
	 *
	 * @param seq the number of the newest event
	 * @param readAt when it was read, by the database's clock
	 */
	record Head(AccountId account, long seq, UserId owner, Instant readAt) {

	}

}
