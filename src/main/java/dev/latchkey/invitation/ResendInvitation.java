package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Sends a pending or expired invitation again in one statement: it gets a new link, which
 * replaces the old one, and the full validity from now. An overdue invitation gets its
 * event {@code invitation.expired} first. The new counters are computed from the locked
 * row, because PostgreSQL first checks the table's constraints against the row of the
 * statement's snapshot, and only then reads the newest row.
 */
class ResendInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id, a.pending_count, a.expired_count, a.max_pending, a.members_version, a.valid_days
			      from account a
			     where a.id = :account and a.owner_id = :caller
			       for no key update),
			target as (
			    select i.account_id, i.id, i.canonical_email, i.mailbox, i.status as was,
			           now() + coalesce(make_interval(hours => 24 * coalesce(i.valid_days, l.valid_days)),
			                            make_interval(secs => :validity)) as ends,
			           (i.status = 'PENDING' and i.expires_at <= now()) as overdue
			      from invitation i join locked l on l.id = i.account_id
			     where i.account_id = :account and i.id = :id and i.status in ('PENDING', 'EXPIRED')
			       and i.issued_at <= now() - make_interval(secs => :cooldown)
			       and (i.status = 'PENDING' or l.pending_count < coalesce(l.max_pending, :maxPending))
			       and l.members_version = (select members_version from account where id = :account)
			       and not exists (select 1 from membership m
			                        where m.account_id = :account and m.canonical_email = i.canonical_email)
			       and not exists (select 1 from invitation o
			                        where o.account_id = :account and o.canonical_email = i.canonical_email
			                          and o.status = 'PENDING' and o.expires_at > now() and o.id <> i.id)
			       for no key update of i),
			quota as (
			    insert into invitee_quota as q (account_id, mailbox, window_start, resends)
			    select t.account_id, t.mailbox, now(), 1 from target t
			    %s),
			ended as (
			    update invitation o set status = 'EXPIRED', ended_at = o.expires_at
			      from target t join quota q on q.account_id = t.account_id
			     where o.account_id = :account and o.account_id = t.account_id
			       and o.canonical_email = t.canonical_email and o.id <> t.id
			       and o.status = 'PENDING' and o.expires_at <= now()
			    returning o.account_id, o.id),
			changed as (
			    update invitation i
			       set status = 'PENDING', ended_at = null, inviter_id = :caller, delivery_status = 'QUEUED',
			           token_version = i.token_version + 1, send_count = i.send_count + 1,
			           issued_at = now(), expires_at = t.ends
			      from target t join quota q on q.account_id = t.account_id
			           cross join (select count(*) from ended) waited
			     where i.account_id = :account and i.account_id = t.account_id and i.id = t.id
			    returning i.*, t.was, t.overdue),
			lapsed as (
			    select account_id, id from ended
			    union all
			    select account_id, id from changed where overdue),
			counts as (
			    select (select count(*) from ended)::int as ended, (select count(*) from lapsed)::int as lapsed),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1 + n.lapsed,
			           pending_count = l.pending_count + (c.was = 'EXPIRED')::int - n.ended,
			           expired_count = l.expired_count - (c.was = 'EXPIRED')::int + n.ended
			      from changed c join locked l on l.id = c.account_id cross join counts n
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq, n.lapsed),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, send_count)
			    select e.account_id, b.feed_seq - row_number() over (order by e.id), 'invitation.expired', 'SYSTEM',
			           null, e.id, null
			      from lapsed e cross join bump b
			    union all
			    select c.account_id, b.feed_seq, 'invitation.resent', 'USER', :caller, c.id, c.send_count
			      from changed c cross join bump b),
			queued as (
			    insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
			    select c.account_id, :mail, 'invitation', c.id, c.token_version, :traceparent from changed c),
			receipt as (
			    %s)
			select %s, bump.lapsed
			  from changed i cross join bump
			""".formatted(InviteeQuota.COUNT_MAIL, IdempotencyReceipts.INSERT, InvitationSql.COLUMNS);

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationProperties properties;

	ResendInvitation(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.database = database;
		this.ids = ids;
		this.properties = properties;
	}

	/**
	 * Runs the statement.
	 * @return the resent invitation, or empty if a condition was not met
	 */
	Mono<CommandOutcome> execute(AccountId account, UserId caller, InvitationId id, Optional<IdempotencyKey> key) {
		GenericExecuteSpec statement = this.database.sql(SQL)
			.bind("account", account.value())
			.bind("id", id.value())
			.bind("mail", this.ids.get())
			.bind("cooldown", Intervals.seconds(this.properties.resendCooldown()))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("maxPending", this.properties.maxPending())
			.bind("maxResends", this.properties.maxResendsPerDay());
		GenericExecuteSpec command = IdempotencyReceipts.bind(statement, account.value(), caller, key);
		return Mono.deferContextual(
				(context) -> command.bind("traceparent", Traceparent.of(context)).map(CommandOutcome::of).one());
	}

}
