package dev.latchkey.invitation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.invitation.BulkPlan.Ended;
import dev.latchkey.invitation.BulkPlan.Made;
import dev.latchkey.invitation.BulkPlan.NewQuota;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Writes what was decided on a batch of rows, as part of the transaction that holds the
 * account's lock. Whatever is in the way of an insert is ended by a statement before it:
 * parts of one statement have no order.
 */
class BulkWrites {

	private static final String END = """
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

	private static final String COUNT = """
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
	 * Writes all of it; nothing if nothing is to be made.
	 */
	Mono<Void> write(AccountId account, UserId caller, BulkPlan plan) {
		if (plan.made().isEmpty()) {
			return Mono.empty();
		}
		return end(account, plan.ended()).then(insert(account, caller, plan))
			.then(count(account, plan.quotas()))
			.then(this.receipts.insert(account.value(), caller, plan.receipts()));
	}

	private Mono<Void> end(AccountId account, List<Ended> ended) {
		return ended.isEmpty() ? Mono.empty()
				: this.database.sql(END)
					.bind("account", account.value())
					.bind("ids", column(ended, (one) -> one.id().value(), UUID[]::new))
					.bind("seqs", column(ended, Ended::seq, Long[]::new))
					.then();
	}

	private Mono<Void> insert(AccountId account, UserId caller, BulkPlan plan) {
		List<Made> made = plan.made();
		BulkSnapshot.LockedAccount before = plan.account();
		DatabaseClient.GenericExecuteSpec statement = this.database.sql(INSERT)
			.bind("account", account.value())
			.bind("caller", caller.value())
			.bind("ids", column(made, (one) -> one.id().value(), UUID[]::new))
			.bind("numbers", column(made, Made::number, Long[]::new))
			.bind("seqs", column(made, Made::seq, Long[]::new))
			.bind("mails", column(made, Made::mail, UUID[]::new))
			.bind("emails", column(made, (one) -> one.row().email().value(), String[]::new))
			.bind("addresses", column(made, (one) -> one.row().email().canonical(), String[]::new))
			.bind("mailboxes", column(made, (one) -> one.row().email().mailbox(), String[]::new))
			.bind("permissions",
					column(made, (one) -> String.join(" ", one.row().invitation().permissions().keys()), String[]::new))
			.bind("locales", column(made, (one) -> locale(one.row(), before), String[]::new))
			.bind("days", column(made, (one) -> days(one.row()), Integer[]::new))
			.bind("accountDays", Columns.orNull(R2dbcType.INTEGER, before.validDays()))
			.bind("validity", InvitationStore.seconds(this.properties.validity()))
			.bind("feedSeq", before.feedSeq() + made.size() + plan.ended().size())
			.bind("made", made.size())
			.bind("ended", plan.ended().size())
			.bind("creations", before.creations() + made.size())
			.bind("window", before.window());
		return Mono.deferContextual((context) -> statement.bind("traceparent", Traceparent.of(context)).then());
	}

	private Mono<Void> count(AccountId account, Map<String, NewQuota> quotas) {
		List<Map.Entry<String, NewQuota>> all = List.copyOf(quotas.entrySet());
		return this.database.sql(COUNT)
			.bind("account", account.value())
			.bind("mailboxes", column(all, Map.Entry::getKey, String[]::new))
			.bind("resends", column(all, (one) -> one.getValue().resends(), Integer[]::new))
			.bind("fresh", column(all, (one) -> one.getValue().fresh(), Boolean[]::new))
			.then();
	}

	private static String locale(BulkLine.Row row, BulkSnapshot.LockedAccount account) {
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
