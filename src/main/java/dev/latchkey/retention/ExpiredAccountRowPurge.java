package dev.latchkey.retention;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Rows that lie with an account and mean nothing any more. Where there are some is read
 * without a lock, then they are dropped account by account; rows that somebody else is at
 * work on are skipped.
 *
 * @param name as people call them
 * @param due finds shards among {@code :batch} rows that are older than {@code :age}
 * @param sql drops at most {@code :batch} of those of {@code :shard}, and says how many
 */
record ExpiredAccountRowPurge(DatabaseClient database, String name, String due, String sql, Duration age,
		int batch) implements PurgeTask {

	private static final String DUE_RECEIPTS = """
			select distinct shard_id as shard
			  from (select shard_id from idempotency_receipt
			         where created_at <= now() - make_interval(secs => :age)
			         limit :batch) due
			""";

	private static final String RECEIPTS = """
			with old as (
			    select caller_id, key from idempotency_receipt
			     where shard_id = :shard and created_at <= now() - make_interval(secs => :age)
			     limit :batch
			       for update skip locked),
			gone as (
			    delete from idempotency_receipt r using old o
			     where r.shard_id = :shard and r.caller_id = o.caller_id and r.key = o.key
			    returning r.key)
			select count(*) as dropped from gone
			""";

	private static final String DUE_INVITEES = """
			select distinct account_id as shard
			  from (select account_id from invitee_quota
			         where window_start <= now() - make_interval(secs => :age)
			         limit :batch) due
			""";

	private static final String INVITEES = """
			with old as (
			    select mailbox from invitee_quota
			     where account_id = :shard and window_start <= now() - make_interval(secs => :age)
			     limit :batch
			       for update skip locked),
			gone as (
			    delete from invitee_quota q using old o
			     where q.account_id = :shard and q.mailbox = o.mailbox
			       and q.window_start <= now() - make_interval(secs => :age)
			    returning q.mailbox)
			select count(*) as dropped from gone
			""";

	/**
	 * All of them. A count is kept longer than its window lasts, so that nobody finds
	 * gone what they have just read.
	 */
	static List<PurgeTask> all(DatabaseClient database, RetentionProperties properties) {
		return List.of(
				new ExpiredAccountRowPurge(database, "receipts", DUE_RECEIPTS, RECEIPTS, properties.idempotencyKeys(),
						properties.purgeBatchSize()),
				new ExpiredAccountRowPurge(database, "counts of mails to invitees", DUE_INVITEES, INVITEES,
						Duration.ofDays(2), properties.purgeBatchSize()));
	}

	@Override
	public Flux<Long> drop() {
		return round().expand((batches) -> round()).concatMapIterable((batches) -> batches);
	}

	/**
	 * Drops a batch in each account that has some.
	 * @return how many went with each, or empty if nothing is left or others are at it
	 */
	private Mono<List<Long>> round() {
		return shards().collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap(this::dropFrom)
			.filter((dropped) -> dropped > 0)
			.collectList()
			.filter((batches) -> !batches.isEmpty());
	}

	private Flux<UUID> shards() {
		return this.database.sql(this.due)
			.bind("age", seconds())
			.bind("batch", this.batch)
			.map((row) -> Columns.uuid(row, "shard"))
			.all();
	}

	private Mono<Long> dropFrom(UUID shard) {
		return this.database.sql(this.sql)
			.bind("shard", shard)
			.bind("age", seconds())
			.bind("batch", this.batch)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one();
	}

	private double seconds() {
		return this.age.toSeconds();
	}

}
