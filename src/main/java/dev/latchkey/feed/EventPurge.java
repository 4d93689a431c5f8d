package dev.latchkey.feed;

import java.time.Duration;
import java.util.List;

import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.retention.HeldLockRetry;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes the oldest events of each account, always from the beginning of its log, so
 * that the remaining numbers have no gap. The newest event is always kept.
 * {@code account.log_since} determines when an account is due; an account without new
 * events is checked once a day.
 */
class EventPurge implements PurgeTask {

	/** The rows, as log messages name them. */
	static final String NAME = "events";

	private static final String QUERY = """
			select id from account where log_since <= now() - make_interval(secs => :age)
			 order by log_since
			 limit :batch
			""";

	private static final String STATEMENT = """
			with locked as (
			    select a.id, a.feed_seq from account a where a.id = :account for no key update skip locked),
			oldest as (
			    select e.seq, e.at, e.at <= now() - make_interval(secs => :age) as old
			      from locked l join account_event e on e.account_id = l.id
			     where e.account_id = :account
			     order by e.seq
			     limit :batch + 1),
			kept as (
			    select coalesce(min(o.seq) filter (where not o.old), max(o.seq)) as seq from oldest o),
			dropped as (
			    delete from account_event e using kept k
			     where e.account_id = :account and e.seq < k.seq
			    returning e.seq),
			looked as (
			    select case when o.seq is null or (o.old and o.seq = l.feed_seq)
			                then now() - make_interval(secs => :age) + interval '1 day' else o.at end as since
			      from locked l cross join kept k left join oldest o on o.seq = k.seq),
			noted as (
			    update account a set log_since = s.since from looked s where a.id = :account)
			select (select count(*) from dropped) as dropped from locked
			""";

	private final DatabaseClient database;

	private final Duration age;

	private final int batchSize;

	private final AccountPurgeListener listener;

	EventPurge(DatabaseClient database, Duration age, int batchSize, AccountPurgeListener listener) {
		this.database = database;
		this.age = age;
		this.batchSize = batchSize;
		this.listener = listener;
	}

	@Override
	public String name() {
		return NAME;
	}

	/**
	 * Runs rounds until all accounts that are still due are locked by other replicas. A
	 * checked account is no longer due, or has one batch of events less.
	 */
	@Override
	public Flux<Long> purge() {
		return purgeRound().expand((batches) -> purgeRound())
			.concatMapIterable((batches) -> batches)
			.filter((deleted) -> deleted > 0);
	}

	/**
	 * Purges the accounts that are due.
	 * @return the number of events in each batch, or empty if no account was checked
	 */
	private Mono<List<Long>> purgeRound() {
		return dueAccounts().collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap(this::purgeAccount)
			.collectList()
			.filter((batches) -> !batches.isEmpty());
	}

	private Flux<Long> purgeAccount(AccountId account) {
		Flux<Long> batches = purgeBatch(account)
			.expand((deleted) -> (deleted == this.batchSize) ? purgeBatch(account) : Mono.empty());
		return batches.collectList()
			.delayUntil((all) -> all.stream().anyMatch((deleted) -> deleted > 0) ? this.listener.afterPurge(account)
					: Mono.empty())
			.flatMapIterable((all) -> all);
	}

	private Flux<AccountId> dueAccounts() {
		return this.database.sql(QUERY)
			.bind("age", Intervals.seconds(this.age))
			.bind("batch", this.batchSize)
			.map((row) -> new AccountId(Columns.uuid(row, "id")))
			.all();
	}

	private Mono<Long> purgeBatch(AccountId account) {
		return HeldLockRetry.whileHeld(this.database.sql(STATEMENT)
			.bind("account", account.value())
			.bind("age", Intervals.seconds(this.age))
			.bind("batch", this.batchSize)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one());
	}

}
