package dev.latchkey.invitation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.invitation.BulkSnapshot.LockedAccount;
import dev.latchkey.invitation.BulkSnapshot.Pending;
import dev.latchkey.invitation.BulkSnapshot.Quota;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads the state that decides about a batch of rows, as part of the caller's
 * transaction, usually after it has locked the account. The lock is a statement of its
 * own, so that the snapshots of the reads are newer than the lock.
 */
class BulkReads {

	private static final String LOCK = "select 1 from account where id = :account for no key update";

	private static final String ACCOUNT = """
			select a.owner_id, a.locale, a.valid_days, a.feed_seq, a.invitation_seq,
			       a.pending_count - (select count(*) from invitation i
			                           where i.account_id = :account and %s)::int as live_pending,
			       coalesce(a.max_pending, :maxPending) as max_pending,
			       a.creation_window <= now() - interval '1 day' as new_window, a.creation_count,
			       case when a.creation_window <= now() - interval '1 day' then now() else a.creation_window end
			           as creation_window,
			       coalesce(a.max_creations_per_day, :maxCreations) as max_creations,
			       extract(epoch from a.creation_window + interval '1 day' - now())::float8 as window_left
			  from account a
			 where a.id = :account
			""".formatted(InvitationSql.OVERDUE);

	private static final String PENDING = """
			select i.canonical_email, i.id, %s as overdue
			  from invitation i
			 where i.account_id = :account and i.canonical_email = any(:addresses) and i.status = 'PENDING'
			""".formatted(InvitationSql.OVERDUE);

	private final DatabaseClient database;

	private final IdempotencyReceipts receipts;

	private final InvitationProperties properties;

	BulkReads(DatabaseClient database, IdempotencyReceipts receipts, InvitationProperties properties) {
		this.database = database;
		this.receipts = receipts;
		this.properties = properties;
	}

	/**
	 * Takes the account's lock and reads.
	 * @return the state, or empty if there is no such account
	 */
	Mono<BulkSnapshot> lockAndRead(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return lock(account).then(Mono.defer(() -> read(account, caller, rows)));
	}

	/**
	 * Reads without the account's lock.
	 * @return the state, or empty if there is no such account
	 */
	Mono<BulkSnapshot> read(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return account(account).flatMap((locked) -> readSnapshot(account, caller, rows, locked));
	}

	private Mono<BulkSnapshot> readSnapshot(AccountId account, UserId caller, List<BulkLine.Row> rows,
			LockedAccount locked) {
		String[] addresses = rows.stream().map((row) -> row.email().canonical()).distinct().toArray(String[]::new);
		String[] mailboxes = rows.stream().map((row) -> row.email().mailbox()).distinct().toArray(String[]::new);
		Collection<IdempotencyKey> keys = rows.stream().flatMap((row) -> row.key().stream()).toList();
		return members(account, addresses)
			.flatMap((members) -> pending(account, addresses).flatMap((pending) -> quotas(account, mailboxes)
				.flatMap((quotas) -> this.receipts.find(account.value(), caller, keys)
					.map((receipts) -> new BulkSnapshot(locked, members, pending, quotas, receipts)))));
	}

	private Mono<Void> lock(AccountId account) {
		return this.database.sql(LOCK).bind("account", account.value()).then();
	}

	private Mono<LockedAccount> account(AccountId account) {
		return this.database.sql(ACCOUNT)
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.map(BulkReads::toLockedAccount)
			.one();
	}

	private Mono<Set<String>> members(AccountId account, String[] addresses) {
		return this.database.sql("""
				select canonical_email from membership
				 where account_id = :account and canonical_email = any(:addresses)
				""")
			.bind("account", account.value())
			.bind("addresses", addresses)
			.map((row) -> Columns.string(row, "canonical_email"))
			.all()
			.collect(Collectors.toUnmodifiableSet());
	}

	private Mono<Map<String, Pending>> pending(AccountId account, String[] addresses) {
		return this.database.sql(PENDING)
			.bind("account", account.value())
			.bind("addresses", addresses)
			.map((row) -> Map.entry(Columns.string(row, "canonical_email"),
					new Pending(new InvitationId(Columns.uuid(row, "id")), Columns.booleanValue(row, "overdue"))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Map<String, Quota>> quotas(AccountId account, String[] mailboxes) {
		return this.database.sql("""
				select mailbox, resends, window_start <= now() - interval '1 day' as window_over,
				       extract(epoch from window_start + interval '1 day' - now())::float8 as window_left
				  from invitee_quota
				 where account_id = :account and mailbox = any(:mailboxes)
				""")
			.bind("account", account.value())
			.bind("mailboxes", mailboxes)
			.map((row) -> Map.entry(Columns.string(row, "mailbox"),
					new Quota(Columns.intValue(row, "resends"), Columns.booleanValue(row, "window_over"),
							seconds(Columns.doubleValue(row, "window_left")))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private static LockedAccount toLockedAccount(Readable row) {
		boolean newWindow = Columns.booleanValue(row, "new_window");
		return new LockedAccount(new UserId(Columns.uuid(row, "owner_id")), Columns.string(row, "locale"),
				row.get("valid_days", Integer.class), Columns.longValue(row, "feed_seq"),
				Columns.longValue(row, "invitation_seq"), Columns.intValue(row, "live_pending"),
				Columns.intValue(row, "max_pending"), Columns.instant(row, "creation_window"),
				newWindow ? 0 : Columns.intValue(row, "creation_count"), Columns.intValue(row, "max_creations"),
				newWindow ? Duration.ofDays(1) : seconds(Columns.doubleValue(row, "window_left")));
	}

	private static Duration seconds(double seconds) {
		return Duration.ofSeconds((long) Math.ceil(seconds));
	}

}
