package dev.latchkey.feed;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads the events from PostgreSQL. A page is read as a range of numbers, which costs the
 * same for a log of any length and does not depend on the planner's estimates.
 */
class R2dbcEventLog implements EventLog {

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

	R2dbcEventLog(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Flux<AccountEvent> after(AccountId account, long seq, int limit) {
		return this.database.sql("select " + COLUMNS + " from account_event e " + JOINS + AFTER)
			.bind("account", account.value())
			.bind("seq", seq)
			.bind("limit", limit)
			.map(R2dbcEventLog::event)
			.all();
	}

	@Override
	public Mono<Long> oldest(AccountId account) {
		return this.database.sql("select seq from account_event where account_id = :account order by seq limit 1")
			.bind("account", account.value())
			.map((row) -> Columns.longValue(row, "seq"))
			.one();
	}

	@Override
	public Flux<AccountEvent> before(AccountId account, long seq, @Nullable EventType type, int limit) {
		DatabaseClient.GenericExecuteSpec statement = this.database
			.sql("select " + COLUMNS + " from account_event e " + JOINS + ((type != null) ? BEFORE_OF_TYPE : BEFORE))
			.bind("account", account.value())
			.bind("seq", seq)
			.bind("limit", limit);
		return ((type != null) ? statement.bind("type", type.wireName()) : statement).map(R2dbcEventLog::event).all();
	}

	@Override
	public Flux<AccountEvent> of(AccountId account, InvitationId invitation) {
		return this.database
			.sql("select " + COLUMNS + " from account_event e " + JOINS
					+ " where e.account_id = :account and e.invitation_id = :invitation order by e.seq")
			.bind("account", account.value())
			.bind("invitation", invitation.value())
			.map(R2dbcEventLog::event)
			.all();
	}

	@Override
	public Mono<Head> head(AccountId account) {
		return this.database.sql(HEAD + "where id = :account")
			.bind("account", account.value())
			.map(R2dbcEventLog::headOf)
			.one();
	}

	@Override
	public Flux<Head> heads(Collection<AccountId> accounts) {
		return this.database.sql(HEAD + "where id = any(:accounts)")
			.bind("accounts", accounts.stream().map(AccountId::value).toArray(UUID[]::new))
			.map(R2dbcEventLog::headOf)
			.all();
	}

	/**
	 * A hash of the identifier of the PostgreSQL cluster, its timeline, which changes
	 * with a restore or a failover, and the id of the database in the cluster.
	 */
	@Override
	public Mono<Long> epoch() {
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

}
