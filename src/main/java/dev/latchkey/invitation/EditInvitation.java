package dev.latchkey.invitation;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Replaces the permissions of a pending invitation in one statement. The link stays
 * valid.
 */
class EditInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id from account a where a.id = :account and a.owner_id = :caller for no key update),
			target as (
			    select i.account_id, i.id, i.permissions as previous
			      from invitation i join locked l on l.id = i.account_id
			     where i.account_id = :account and i.id = :id and i.status = 'PENDING' and i.expires_at > now()
			       and i.version = :version
			       for no key update of i),
			changed as (
			    update invitation i set permissions = :permissions, version = i.version + 1
			      from target t
			     where i.account_id = :account and i.account_id = t.account_id and i.id = t.id
			    returning i.*, t.previous),
			bump as (
			    update account a set feed_seq = a.feed_seq + 1 from changed c
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, permissions,
			                               previous)
			    select c.account_id, b.feed_seq, 'invitation.permissions-changed', 'USER', :caller, c.id, c.permissions,
			           c.previous
			      from changed c cross join bump b)
			select %s
			  from changed i cross join bump
			""".formatted(InvitationSql.COLUMNS);

	private final DatabaseClient database;

	EditInvitation(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Runs the statement.
	 * @return the invitation, or empty if a condition was not met
	 */
	Mono<Invitation> execute(AccountId account, UserId caller, InvitationId id, PermissionSet permissions,
			int version) {
		return this.database.sql(SQL)
			.bind("account", account.value())
			.bind("caller", caller.value())
			.bind("id", id.value())
			.bind("permissions", permissions.keys().toArray(String[]::new))
			.bind("version", version)
			.map(InvitationSql::invitation)
			.one();
	}

}
