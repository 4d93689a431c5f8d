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
 * lock, then marks them with one statement for each account. Locked accounts are skipped,
 * so any number of replicas can sweep at the same time.
 */
class ExpirySweep {

	private static final String OVERDUE_ACCOUNTS = """
			select distinct account_id
			  from (select i.account_id from invitation i
			         where %s and i.account_id <> all(:busy)
			         order by i.expires_at
			         limit :batch) due
			""".formatted(InvitationSql.OVERDUE);

	private static final String LOCK_OR_SKIP = """
			with locked as (
			    select a.id from account a where a.id = :account for no key update skip locked),
			""";

	private static final String LOCK = """
			with locked as (
			    select a.id from account a where a.id = :account for no key update),
			""";

	private static final String MARK = """
			due as (
			    select i.account_id, i.id
			      from locked l join invitation i on i.account_id = l.id
			     where i.account_id = :account and %1$s
			     order by i.expires_at
			     limit :batch),
			changed as (
			    update invitation i set status = 'EXPIRED', ended_at = i.expires_at
			      from due d
			     where i.account_id = :account and i.account_id = d.account_id and i.id = d.id
			       and %1$s
			    returning i.account_id, i.id, i.expires_at),
			numbered as (
			    select c.account_id, c.id, row_number() over (order by c.expires_at, c.id) as place,
			           count(*) over ()::int as count
			      from changed c),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + n.count, pending_count = a.pending_count - n.count,
			           expired_count = a.expired_count + n.count
			      from numbered n
			     where a.id = :account and a.id = n.account_id and n.place = 1
			    returning a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, invitation_id)
			    select n.account_id, b.feed_seq - n.count + n.place, 'invitation.expired', 'SYSTEM', n.id
			      from numbered n cross join bump b)
			select n.count from numbered n where n.place = 1
			""".formatted(InvitationSql.OVERDUE);

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
	 * Marks the overdue invitations of one account, at most a batch. Waits for the
	 * account's lock.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep(AccountId account) {
		return mark(LOCK, account);
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
				.flatMap((account) -> sweepUnlessLocked(account, busy), CONCURRENCY)
				.reduce(0L, Long::sum));
	}

	private Mono<Long> sweepUnlessLocked(AccountId account, Set<UUID> busy) {
		return mark(LOCK_OR_SKIP, account).doOnNext((marked) -> {
			if (marked == 0) {
				busy.add(account.value());
			}
		});
	}

	private Flux<AccountId> overdueAccounts(Set<UUID> busy) {
		return this.database.sql(OVERDUE_ACCOUNTS)
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("batch", this.batch)
			.map((row) -> new AccountId(Columns.uuid(row, "account_id")))
			.all();
	}

	private Mono<Long> mark(String lock, AccountId account) {
		return this.database.sql(lock + MARK)
			.bind("account", account.value())
			.bind("batch", this.batch)
			.map((row) -> (long) Columns.intValue(row, "count"))
			.one()
			.doOnNext((marked) -> this.notifier.expired(account, marked.intValue()))
			.defaultIfEmpty(0L);
	}

}
