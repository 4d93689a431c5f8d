package dev.latchkey.invitation;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Queues one reminder mail for each link of a pending invitation that expires soon. It
 * finds these invitations without a lock, then calls a database function for each
 * account, which queues the mails. Locked accounts are left for the next run, so any
 * number of replicas can queue reminders at the same time.
 */
class Reminders {

	/** How many mails are queued in one transaction. */
	static final int BATCH = 100;

	/** How many due invitations are found in one round. */
	static final int PAGE = 1000;

	/**
	 * A condition: the invitation aliased {@code i} is due for a reminder. It is not due
	 * if its validity is shorter than twice the lead time, because then its mail is
	 * recent; nor if its mail is still queued or was rejected.
	 */
	private static final String DUE = """
			%s and i.reminded_version < i.token_version and i.delivery_status = 'SENT'
			and i.expires_at <= now() + make_interval(secs => :leadTime)
			and i.expires_at - i.issued_at >= make_interval(secs => :leadTime) * 2
			""".formatted(InvitationSql.LIVE);

	/** The accounts of the invitations that expire first. */
	private static final String DUE_ACCOUNTS = """
			select distinct account_id
			  from (select i.account_id from invitation i
			         where %s and i.account_id <> all(:busy)
			         order by i.expires_at
			         limit :page) due
			""".formatted(DUE);

	private static final String QUEUE_REMINDERS = """
			select queue_reminders(:account, :leadTime, :batch, :reminders, :mails) as queued
			""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationNotifier notifier;

	private final Duration leadTime;

	private final int page;

	/**
	 * Creates the job.
	 * @param leadTime how long before the expiry the reminder is queued; zero turns
	 * reminders off
	 * @param page how many due invitations are found in one round
	 */
	Reminders(DatabaseClient database, IdGenerator ids, InvitationNotifier notifier, Duration leadTime, int page) {
		this.database = database;
		this.ids = ids;
		this.notifier = notifier;
		this.leadTime = leadTime;
		this.page = page;
	}

	/**
	 * Queues the reminders that are due, round by round, until the only ones left are in
	 * locked accounts.
	 * @return how many reminders this call has queued
	 */
	Mono<Long> remind() {
		if (this.leadTime.isZero()) {
			return Mono.just(0L);
		}
		return Mono.defer(() -> {
			Set<UUID> busy = new HashSet<>();
			return remindRound(busy).expand((queued) -> remindRound(busy)).reduce(0L, Long::sum);
		});
	}

	/**
	 * Queues the reminders of the accounts that are due first. An account in which
	 * nothing could be queued is locked; it becomes busy and is left out of further
	 * rounds, so that it does not hide those that are due later.
	 * @return how many were queued, or empty if only busy accounts have due invitations
	 */
	private Mono<Long> remindRound(Set<UUID> busy) {
		return dueAccounts(busy).collectList()
			.filter((accounts) -> !accounts.isEmpty())
			.flatMap((accounts) -> Flux.fromIterable(accounts)
				.concatMap((account) -> remindUnlessLocked(account, busy))
				.reduce(0L, Long::sum));
	}

	private Mono<Long> remindUnlessLocked(AccountId account, Set<UUID> busy) {
		return remind(account).doOnNext((queued) -> {
			if (queued == 0) {
				busy.add(account.value());
			}
		});
	}

	private Flux<AccountId> dueAccounts(Set<UUID> busy) {
		return Flux.defer(() -> this.database.sql(DUE_ACCOUNTS)
			.bind("leadTime", Intervals.seconds(this.leadTime))
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("page", this.page)
			.map((row) -> new AccountId(Columns.uuid(row, "account_id")))
			.all());
	}

	private Mono<Long> remind(AccountId account) {
		return remindBatch(account).expand((queued) -> (queued == BATCH) ? remindBatch(account) : Mono.empty())
			.reduce(0L, Long::sum);
	}

	private Mono<Long> remindBatch(AccountId account) {
		return Mono.defer(() -> this.database.sql(QUEUE_REMINDERS)
			.bind("account", account.value())
			.bind("leadTime", Intervals.seconds(this.leadTime))
			.bind("batch", BATCH)
			.bind("reminders", newIds())
			.bind("mails", newIds())
			.map((row) -> Columns.intValue(row, "queued"))
			.one()
			.doOnNext((queued) -> notifyQueued(account, queued))
			.map(Integer::longValue));
	}

	private void notifyQueued(AccountId account, int queued) {
		if (queued > 0) {
			this.notifier.reminded(account, queued);
		}
	}

	private UUID[] newIds() {
		return Stream.generate(this.ids).limit(BATCH).toArray(UUID[]::new);
	}

}
