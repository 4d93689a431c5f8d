package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Revokes a pending or expired invitation in one statement. The new counters are computed
 * from the locked row, because PostgreSQL first checks the table's constraints against
 * the row of the statement's snapshot, and only then reads the newest row.
 */
class RevokeInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id, a.pending_count, a.expired_count
			      from account a
			     where a.id = :account and a.owner_id = :caller
			       for no key update),
			target as (
			    select i.account_id, i.id, i.status as was, (i.status = 'PENDING' and i.expires_at <= now()) as overdue
			      from invitation i join locked l on l.id = i.account_id
			     where i.account_id = :account and i.id = :id and i.status in ('PENDING', 'EXPIRED')
			       for no key update of i),
			changed as (
			    update invitation i set status = 'REVOKED', ended_at = now()
			      from target t
			     where i.account_id = :account and i.account_id = t.account_id and i.id = t.id
			    returning i.*, t.was, t.overdue),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1 + c.overdue::int,
			           pending_count = l.pending_count - (c.was = 'PENDING')::int,
			           expired_count = l.expired_count - (c.was = 'EXPIRED')::int,
			           revoked_count = a.revoked_count + 1
			      from changed c join locked l on l.id = c.account_id
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq, c.overdue::int as lapsed),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id)
			    select c.account_id, b.feed_seq - 1, 'invitation.expired', 'SYSTEM', null, c.id
			      from changed c cross join bump b where c.overdue
			    union all
			    select c.account_id, b.feed_seq, 'invitation.revoked', 'USER', :caller, c.id
			      from changed c cross join bump b),
			receipt as (
			    %s)
			select %s, bump.lapsed
			  from changed i cross join bump
			""".formatted(IdempotencyReceipts.INSERT, InvitationSql.COLUMNS);

	private final DatabaseClient database;

	RevokeInvitation(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Runs the statement.
	 * @return the revoked invitation, or empty if a condition was not met
	 */
	Mono<CommandOutcome> execute(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key) {
		GenericExecuteSpec statement = this.database.sql(SQL).bind("account", account.value()).bind("id", id.value());
		return IdempotencyReceipts.bind(statement, account.value(), caller, key).map(CommandOutcome::of).one();
	}

}
