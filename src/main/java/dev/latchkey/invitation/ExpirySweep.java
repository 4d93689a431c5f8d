package dev.latchkey.invitation;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Marks overdue invitations as expired and appends their events. It finds them without a
 * lock, then calls a database function for each account, which marks them. Locked
 * accounts are skipped, so any number of replicas can sweep at the same time.
 */
class ExpirySweep {

	private static final String OVERDUE_ACCOUNTS = """
			select distinct account_id
			  from (select i.account_id from invitation i
			         where %s and i.account_id <> all(:busy)
			         order by i.expires_at
			         limit :batch) due
			""".formatted(InvitationSql.OVERDUE);

	private static final String SWEEP_ACCOUNT = "select sweep_account(:account, :batch) as marked";

	/** How many accounts are swept at the same time. */
	private static final int CONCURRENCY = 4;

	private final DatabaseClient database;

	private final InvitationNotifier notifier;

	private final int batch;

	/**
	 * Creates the sweep.
	 * @param batch how many invitations of an account are marked in one transaction
	 */
	ExpirySweep(DatabaseClient database, InvitationNotifier notifier, int batch) {
		this.database = database;
		this.notifier = notifier;
		this.batch = batch;
	}

	/**
	 * Marks all overdue invitations, round by round, until the only ones left are in
	 * locked accounts.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep() {
		return Mono.defer(() -> {
			Set<UUID> busy = ConcurrentHashMap.newKeySet();
			return sweepRound(busy).expand((marked) -> sweepRound(busy)).reduce(0L, Long::sum);
		});
	}

	/**
	 * Marks overdue invitations, at most a batch in each account. An account in which
	 * nothing could be marked is locked; it becomes busy and is left out of further
	 * rounds. Otherwise the invitations of busy accounts could fill the batch and hide
	 * those that expired later.
	 * @return how many were marked, or empty if only busy accounts have overdue
	 * invitations
	 */
	private Mono<Long> sweepRound(Set<UUID> busy) {
		return overdueAccounts(busy).collectList()
			.filter((accounts) -> !accounts.isEmpty())
			.flatMap((accounts) -> Flux.fromIterable(accounts)
				.flatMap((account) -> sweepAccount(account, busy), CONCURRENCY)
				.reduce(0L, Long::sum));
	}

	private Mono<Long> sweepAccount(AccountId account, Set<UUID> busy) {
		return mark(account).doOnNext((marked) -> {
			if (marked == 0) {
				busy.add(account.value());
			}
			else {
				this.notifier.expired(account, marked);
			}
		}).map(Integer::longValue);
	}

	private Flux<AccountId> overdueAccounts(Set<UUID> busy) {
		return this.database.sql(OVERDUE_ACCOUNTS)
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("batch", this.batch)
			.map((row) -> new AccountId(Columns.uuid(row, "account_id")))
			.all();
	}

	private Mono<Integer> mark(AccountId account) {
		return this.database.sql(SWEEP_ACCOUNT)
			.bind("account", account.value())
			.bind("batch", this.batch)
			.map((row) -> Columns.intValue(row, "marked"))
			.one();
	}

}
