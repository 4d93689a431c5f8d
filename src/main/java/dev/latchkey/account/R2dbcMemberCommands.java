package dev.latchkey.account;

import dev.latchkey.feed.EventType;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The commands on memberships, one statement for each. A statement locks the account,
 * changes the row and logs an event with the next number. A statement that changes
 * nothing returns no row and uses no number.
 */
class R2dbcMemberCommands implements MemberCommands {

	private static final String EDIT = """
			with locked as (
			    select id from account where id = :account and owner_id = :owner for no key update),
			target as (
			    select m.account_id, m.user_id, m.permissions from membership m join locked l on l.id = m.account_id
			     where m.account_id = :account and m.user_id = :user and not m.owner and m.version = :version
			       for update of m),
			changed as (
			    update membership m set permissions = :permissions, version = m.version + 1
			      from target t
			     where m.account_id = :account and m.account_id = t.account_id and m.user_id = t.user_id
			       and m.version = :version
			    returning m.*, t.permissions as previous),
			bump as (
			    update account a set feed_seq = a.feed_seq + 1 from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, user_id, permissions, previous)
			    select c.account_id, b.feed_seq, 'member.permissions-changed', 'USER', :owner, c.user_id,
			           :permissions, c.previous
			      from changed c cross join bump b)
			select c.account_id, c.user_id, p.name, p.email, c.owner, c.permissions, c.version, c.number, c.joined_at
			  from changed c cross join bump
			  join account_person p on p.account_id = :account and p.user_id = c.user_id
			""";

	private static final String LOCK_AS_OWNER = """
			with locked as (
			    select id from account where id = :account and owner_id = :owner for no key update),
			""";

	private static final String LOCK_AS_MEMBER = """
			with locked as (
			    select id from account where id = :account and owner_id <> :actor for no key update),
			""";

	private static final String END_MEMBERSHIP = """
			changed as (
			    delete from membership m using locked l
			     where m.account_id = l.id and m.account_id = :account and m.user_id = :user and not m.owner
			    returning m.account_id, m.user_id, m.permissions),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1, members_version = a.members_version + 1,
			           member_count = a.member_count - 1,
			           transfer_to = case when a.transfer_to = c.user_id then null else a.transfer_to end,
			           transfer_expires_at = case when a.transfer_to = c.user_id then null
			                                      else a.transfer_expires_at end
			      from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, user_id, previous)
			    select c.account_id, b.feed_seq, :type, 'USER', :actor, c.user_id, c.permissions
			      from changed c cross join bump b)
			select feed_seq from bump
			""";

	private final DatabaseClient database;

	R2dbcMemberCommands(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Member> edit(AccountId account, UserId owner, UserId user, PermissionSet permissions, int version) {
		return this.database.sql(EDIT)
			.bind("account", account.value())
			.bind("owner", owner.value())
			.bind("user", user.value())
			.bind("permissions", permissions.keys().toArray(String[]::new))
			.bind("version", version)
			.map(MemberConverter::member)
			.one();
	}

	@Override
	public Mono<Long> remove(AccountId account, UserId owner, UserId user) {
		return end(this.database.sql(LOCK_AS_OWNER + END_MEMBERSHIP).bind("owner", owner.value()), account, owner, user,
				EventType.MEMBER_REMOVED);
	}

	@Override
	public Mono<Long> leave(AccountId account, UserId user) {
		return end(this.database.sql(LOCK_AS_MEMBER + END_MEMBERSHIP), account, user, user, EventType.MEMBER_LEFT);
	}

	private static Mono<Long> end(DatabaseClient.GenericExecuteSpec statement, AccountId account, UserId actor,
			UserId user, EventType eventType) {
		return statement.bind("account", account.value())
			.bind("actor", actor.value())
			.bind("user", user.value())
			.bind("type", eventType.wireName())
			.map((row) -> Columns.longValue(row, "feed_seq"))
			.one();
	}

}
