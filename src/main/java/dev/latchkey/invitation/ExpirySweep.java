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
 * Marks invitations that ran out and writes the event that says so. What is due is found
 * without a lock, then marked account by account, a statement each. Accounts that
 * somebody else works on are skipped, so any number of replicas can sweep at once.
 */
class ExpirySweep {

	private static final String DUE = """
			select distinct account_id
			  from (select account_id from invitation
			         where status = 'PENDING' and expires_at <= now() and account_id <> all(:busy)
			         order by expires_at
			         limit :batch) due
			""";

	private static final String LOCK_FREE = """
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
			     where i.account_id = :account and i.status = 'PENDING' and i.expires_at <= now()
			     order by i.expires_at
			     limit :batch),
			changed as (
			    update invitation i set status = 'EXPIRED', ended_at = i.expires_at
			      from due d
			     where i.account_id = :account and i.account_id = d.account_id and i.id = d.id
			       and i.status = 'PENDING' and i.expires_at <= now()
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
			""";

	/** How many accounts are worked on at once. */
	private static final int AT_ONCE = 4;

	private final DatabaseClient database;

	private final InvitationNotifier notifier;

	private final int batch;

	ExpirySweep(DatabaseClient database, InvitationNotifier notifier, int batch) {
		this.database = database;
		this.notifier = notifier;
		this.batch = batch;
	}

	/**
	 * Marks whatever is due, round after round, until nothing is or others are at it.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep() {
		return Mono.defer(() -> {
			Set<UUID> busy = ConcurrentHashMap.newKeySet();
			return sweepRound(busy).expand((marked) -> sweepRound(busy)).reduce(0L, Long::sum);
		});
	}

	/**
	 * Marks what is due in one account, after whoever is at work on it.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep(AccountId account) {
		return mark(LOCK, account);
	}

	/**
	 * Marks what is due, at most a batch in each account. Accounts in which nothing could
	 * be marked are somebody else's for now; they are left alone, or they would hide
	 * those that ran out later.
	 * @return empty if nothing is due but in busy accounts
	 */
	private Mono<Long> sweepRound(Set<UUID> busy) {
		return dueAccounts(busy).collectList()
			.filter((accounts) -> !accounts.isEmpty())
			.flatMap((accounts) -> Flux.fromIterable(accounts)
				.flatMap((account) -> sweepFree(account, busy), AT_ONCE)
				.reduce(0L, Long::sum));
	}

	private Mono<Long> sweepFree(AccountId account, Set<UUID> busy) {
		return mark(LOCK_FREE, account).doOnNext((marked) -> {
			if (marked == 0) {
				busy.add(account.value());
			}
		});
	}

	private Flux<AccountId> dueAccounts(Set<UUID> busy) {
		return this.database.sql(DUE)
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
