package dev.latchkey.retention;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Drops the oldest events of each account, always from the beginning of its log, so that
 * the numbers of those that stay have no gap. The newest stays whatever its age. An
 * account says itself when its log is to be looked at again; one that is quiet is looked
 * at once a day.
 */
class EventPurge implements PurgeTask {

	private static final String DUE = """
			select id from account where log_since <= now() - make_interval(secs => :age)
			 order by log_since
			 limit :batch
			""";

	private static final String DROP = """
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

	private final int batch;

	private final OrphanedPersonPurge people;

	EventPurge(DatabaseClient database, Duration age, int batch, OrphanedPersonPurge people) {
		this.database = database;
		this.age = age;
		this.batch = batch;
		this.people = people;
	}

	@Override
	public String name() {
		return "events";
	}

	/**
	 * Goes on as long as there is an account that nobody else is at work on: one that was
	 * looked at is not due any more, or has a batch less.
	 */
	@Override
	public Flux<Long> drop() {
		return round().expand((batches) -> round())
			.concatMapIterable((batches) -> batches)
			.filter((dropped) -> dropped > 0);
	}

	/**
	 * Looks at the accounts that are due.
	 * @return how many events went with each look, or empty if there was none
	 */
	private Mono<List<Long>> round() {
		return due().collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap(this::dropFrom)
			.collectList()
			.filter((looks) -> !looks.isEmpty());
	}

	private Flux<Long> dropFrom(AccountId account) {
		Flux<Long> looks = dropBatch(account)
			.expand((dropped) -> (dropped == this.batch) ? dropBatch(account) : Mono.empty());
		return looks.collectList()
			.delayUntil((all) -> all.stream().anyMatch((dropped) -> dropped > 0) ? this.people.forget(account)
					: Mono.empty())
			.flatMapIterable((all) -> all);
	}

	private Flux<AccountId> due() {
		return this.database.sql(DUE)
			.bind("age", seconds())
			.bind("batch", this.batch)
			.map((row) -> new AccountId(Columns.uuid(row, "id")))
			.all();
	}

	private Mono<Long> dropBatch(AccountId account) {
		return HeldLockRetry.with(this.database.sql(DROP)
			.bind("account", account.value())
			.bind("age", seconds())
			.bind("batch", this.batch)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one());
	}

	private double seconds() {
		return this.age.toSeconds();
	}

}
