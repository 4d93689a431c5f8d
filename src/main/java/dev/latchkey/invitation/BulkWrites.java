package dev.latchkey.invitation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.invitation.BulkPlan.Creation;
import dev.latchkey.invitation.BulkPlan.Expiry;
import dev.latchkey.invitation.BulkPlan.QuotaUpdate;
import dev.latchkey.invitation.BulkSnapshot.LockedAccount;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Writes the plan for a batch of rows, as part of the transaction that holds the
 * account's lock. Overdue invitations are marked as expired by a separate statement
 * before the inserts for the same addresses, because the parts of one statement have no
 * defined order.
 */
class BulkWrites {

	private static final String EXPIRE = """
			with ended as (
			    update invitation i set status = 'EXPIRED', ended_at = i.expires_at
			      from unnest(:ids, :seqs) as e (id, seq)
			     where i.account_id = :account and i.id = e.id and i.status = 'PENDING'
			    returning i.account_id, i.id, e.seq)
			insert into account_event (account_id, seq, type, actor_kind, invitation_id)
			select account_id, seq, 'invitation.expired', 'SYSTEM', id from ended
			""";

	private static final String INSERT = """
			with rows as (
			    select cast(:account as uuid) as account_id, r.*
			      from unnest(:ids, :numbers, :seqs, :mails, :emails, :addresses, :mailboxes, :permissions, :locales,
			                  :days)
			           as r (id, number, seq, mail, email, address, mailbox, permissions, locale, days)),
			changed as (
			    insert into invitation (account_id, id, number, inviter_id, email, canonical_email, mailbox, permissions,
			                            locale, status, delivery_status, valid_days, expires_at)
			    select r.account_id, r.id, r.number, :caller, r.email, r.address, r.mailbox,
			           string_to_array(r.permissions, ' '), r.locale, 'PENDING', 'QUEUED', r.days,
			           now() + coalesce(make_interval(hours => 24 * coalesce(r.days, :accountDays)),
			                            make_interval(secs => :validity))
			      from rows r),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, actor_id, invitation_id, permissions)
			    select r.account_id, r.seq, 'invitation.created', 'USER', :caller, r.id,
			           string_to_array(r.permissions, ' ')
			      from rows r),
			queued as (
			    insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
			    select r.account_id, r.mail, 'invitation', r.id, 1, :traceparent from rows r)
			update account a
			   set feed_seq = :feedSeq, invitation_seq = a.invitation_seq + :made,
			       pending_count = a.pending_count + :made - :ended, expired_count = a.expired_count + :ended,
			       creation_count = :creations, creation_window = :window
			 where a.id = :account
			""";

	private static final String UPDATE_QUOTAS = """
			insert into invitee_quota as q (account_id, mailbox, window_start, resends)
			select cast(:account as uuid), m.mailbox,
			       case when m.fresh then now() else (select o.window_start from invitee_quota o
			                                           where o.account_id = :account and o.mailbox = m.mailbox) end,
			       m.resends
			  from unnest(:mailboxes, :resends, :fresh) as m (mailbox, resends, fresh)
			on conflict (account_id, mailbox) do update
			   set resends = excluded.resends, window_start = excluded.window_start
			""";

	private final DatabaseClient database;

	private final IdempotencyReceipts receipts;

	private final InvitationProperties properties;

	BulkWrites(DatabaseClient database, IdempotencyReceipts receipts, InvitationProperties properties) {
		this.database = database;
		this.receipts = receipts;
		this.properties = properties;
	}

	/**
	 * Writes the plan. A plan that creates no invitation changes nothing.
	 */
	Mono<Void> write(AccountId account, UserId caller, BulkPlan plan) {
		if (plan.creations().isEmpty()) {
			return Mono.empty();
		}
		return expire(account, plan.expiries()).then(insert(account, caller, plan))
			.then(updateQuotas(account, plan.quotaUpdates()))
			.then(this.receipts.insert(account.value(), caller, plan.receipts()));
	}

	private Mono<Void> expire(AccountId account, List<Expiry> expiries) {
		return expiries.isEmpty() ? Mono.empty()
				: this.database.sql(EXPIRE)
					.bind("account", account.value())
					.bind("ids", column(expiries, (expiry) -> expiry.id().value(), UUID[]::new))
					.bind("seqs", column(expiries, Expiry::seq, Long[]::new))
					.then();
	}

	private Mono<Void> insert(AccountId account, UserId caller, BulkPlan plan) {
		List<Creation> creations = plan.creations();
		LockedAccount locked = plan.account();
		GenericExecuteSpec statement = this.database.sql(INSERT)
			.bind("account", account.value())
			.bind("caller", caller.value())
			.bind("ids", column(creations, (creation) -> creation.id().value(), UUID[]::new))
			.bind("numbers", column(creations, Creation::number, Long[]::new))
			.bind("seqs", column(creations, Creation::seq, Long[]::new))
			.bind("mails", column(creations, Creation::mail, UUID[]::new))
			.bind("emails", column(creations, (creation) -> creation.row().email().value(), String[]::new))
			.bind("addresses", column(creations, (creation) -> creation.row().email().canonical(), String[]::new))
			.bind("mailboxes", column(creations, (creation) -> creation.row().email().mailbox(), String[]::new))
			.bind("permissions",
					column(creations, (creation) -> String.join(" ", creation.row().invitation().permissions().keys()),
							String[]::new))
			.bind("locales", column(creations, (creation) -> locale(creation.row(), locked), String[]::new))
			.bind("days", column(creations, (creation) -> days(creation.row()), Integer[]::new))
			.bind("accountDays", Columns.orNull(R2dbcType.INTEGER, locked.validDays()))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("feedSeq", locked.feedSeq() + creations.size() + plan.expiries().size())
			.bind("made", creations.size())
			.bind("ended", plan.expiries().size())
			.bind("creations", locked.creations() + creations.size())
			.bind("window", locked.window());
		return Mono.deferContextual((context) -> statement.bind("traceparent", Traceparent.of(context)).then());
	}

	private Mono<Void> updateQuotas(AccountId account, Map<String, QuotaUpdate> updates) {
		List<Map.Entry<String, QuotaUpdate>> quotas = List.copyOf(updates.entrySet());
		return this.database.sql(UPDATE_QUOTAS)
			.bind("account", account.value())
			.bind("mailboxes", column(quotas, Map.Entry::getKey, String[]::new))
			.bind("resends", column(quotas, (quota) -> quota.getValue().resends(), Integer[]::new))
			.bind("fresh", column(quotas, (quota) -> quota.getValue().newWindow(), Boolean[]::new))
			.then();
	}

	private static String locale(BulkLine.Row row, LockedAccount account) {
		Locale locale = row.invitation().locale();
		return (locale != null) ? locale.toLanguageTag() : account.locale();
	}

	private static @Nullable Integer days(BulkLine.Row row) {
		ValidityDays validity = row.invitation().validity();
		return (validity != null) ? validity.days() : null;
	}

	private static <T, R> R[] column(Collection<T> rows, Function<T, R> value, IntFunction<R[]> array) {
		return rows.stream().map(value).toArray(array);
	}

}
