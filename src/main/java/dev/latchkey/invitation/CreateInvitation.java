package dev.latchkey.invitation;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.R2dbcType;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Creates an invitation in one statement. Members and other invitations are read from the
 * statement's snapshot, which can be older than the lock that it waited for. The version
 * of the members and the unique index of pending invitations detect such a stale
 * snapshot.
 */
class CreateInvitation {

	private static final String SQL = """
			with locked as (
			    select a.id, a.owner_id, a.invitation_seq, a.members_version, a.locale, a.valid_days, now() as instant,
			           a.creation_window <= now() - interval '1 day' as new_window
			      from account a
			     where a.id = :account and a.owner_id = :caller
			       and a.pending_count < coalesce(a.max_pending, :maxPending)
			       and (a.creation_window <= now() - interval '1 day'
			            or a.creation_count < coalesce(a.max_creations_per_day, :maxCreations))
			       for no key update),
			free as (
			    select l.* from locked l
			     where l.members_version = (select members_version from account where id = :account)
			       and not exists (select 1 from membership m
			                        where m.account_id = :account and m.canonical_email = :canonical)
			       and not exists (select 1 from invitation o
			                        where o.account_id = :account and o.canonical_email = :canonical
			                          and o.status = 'PENDING' and o.expires_at > now())),
			quota as (
			    insert into invitee_quota as q (account_id, mailbox, window_start, resends)
			    select f.id, :mailbox, now(), 0 from free f
			    %s),
			ended as (
			    update invitation o set status = 'EXPIRED', ended_at = o.expires_at
			      from quota q
			     where o.account_id = q.account_id and o.account_id = :account and o.canonical_email = :canonical
			       and o.status = 'PENDING' and o.expires_at <= now()
			    returning o.account_id, o.id),
			overdue as (select count(*)::int as count from ended),
			changed as (
			    insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox, permissions,
			                            locale, status, delivery_status, valid_days, expires_at)
			    select f.id, :id, f.invitation_seq + 1, f.owner_id, :email, :canonical, :mailbox, :permissions,
			           coalesce(:locale, f.locale), 'PENDING', 'QUEUED', :days,
			           now() + coalesce(make_interval(hours => 24 * coalesce(:days, f.valid_days)),
			                            make_interval(secs => :validity))
			      from free f join quota q on q.account_id = f.id cross join overdue
			    returning *),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + 1 + o.count,
			           invitation_seq = a.invitation_seq + 1,
			           pending_count = a.pending_count + 1 - o.count,
			           expired_count = a.expired_count + o.count,
			           creation_count = case when f.new_window then 1 else a.creation_count + 1 end,
			           creation_window = case when f.new_window then f.instant else a.creation_window end
			      from changed c join free f on f.id = c.account_id cross join overdue o
			     where a.id = :account and a.id = c.account_id
			    returning a.feed_seq, o.count as lapsed),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, permissions)
			    select e.account_id, b.feed_seq - 1, 'invitation.expired', 'SYSTEM', null, e.id, null
			      from ended e cross join bump b
			    union all
			    select c.account_id, b.feed_seq, 'invitation.created', 'USER', c.inviter_id, c.id, c.permissions
			      from changed c cross join bump b),
			queued as (
			    insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
			    select c.account_id, :mail, 'invitation', c.id, c.token_version, :traceparent from changed c),
			receipt as (
			    %s)
			select %s, bump.lapsed
			  from changed i cross join bump
			"""
		.formatted(InviteeQuota.COUNT_MAIL, IdempotencyReceipts.INSERT, InvitationSql.COLUMNS);

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationProperties properties;

	CreateInvitation(DatabaseClient database, IdGenerator ids, InvitationProperties properties) {
		this.database = database;
		this.ids = ids;
		this.properties = properties;
	}

	/**
	 * Runs the statement.
	 * @return the created invitation, or empty if a condition was not met
	 */
	Mono<CommandOutcome> execute(AccountId account, UserId caller, NewInvitation invitation,
			Optional<IdempotencyKey> key) {
		EmailAddress email = invitation.email();
		Locale locale = invitation.locale();
		ValidityDays validity = invitation.validity();
		GenericExecuteSpec statement = this.database.sql(SQL)
			.bind("account", account.value())
			.bind("id", this.ids.get())
			.bind("mail", this.ids.get())
			.bind("email", email.value())
			.bind("canonical", email.canonical())
			.bind("mailbox", email.mailbox())
			.bind("permissions", invitation.permissions().keys().toArray(String[]::new))
			.bind("locale", Columns.orNull(R2dbcType.VARCHAR, (locale != null) ? locale.toLanguageTag() : null))
			.bind("days", Columns.orNull(R2dbcType.INTEGER, (validity != null) ? validity.days() : null))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("maxPending", this.properties.maxPending())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.bind("maxResends", this.properties.maxResendsPerDay());
		GenericExecuteSpec command = IdempotencyReceipts.bind(statement, account.value(), caller, key);
		return Mono.deferContextual(
				(context) -> command.bind("traceparent", Traceparent.of(context)).map(CommandOutcome::of).one());
	}

}
