package dev.latchkey.retention;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes expired rows of tables that are distributed by account. Citus allows
 * {@code for update} on one shard only. Therefore the accounts that have such rows are
 * read without a lock, and then one statement runs for each account. Rows that another
 * transaction has locked are skipped.
 *
 * @param name the rows, as log messages name them
 * @param query returns the shards, as {@code shard}, of {@code :batch} rows that are
 * older than {@code :age} seconds
 * @param statement deletes at most {@code :batch} such rows of {@code :shard}, and
 * returns their number as {@code dropped}
 * @param age how old rows must be
 * @param batchSize how many rows are deleted in one transaction
 */
public record ExpiredAccountRowPurge(DatabaseClient database, String name, String query, String statement, Duration age,
		int batchSize) implements PurgeTask {

	@Override
	public Flux<Long> purge() {
		return purgeRound().expand((batches) -> purgeRound()).concatMapIterable((batches) -> batches);
	}

	/**
	 * Deletes one batch in each account that has expired rows.
	 * @return the number of rows in each batch, or empty if nothing could be deleted
	 */
	private Mono<List<Long>> purgeRound() {
		return shards().collectList()
			.flatMapMany(Flux::fromIterable)
			.concatMap(this::purgeBatch)
			.filter((deleted) -> deleted > 0)
			.collectList()
			.filter((batches) -> !batches.isEmpty());
	}

	private Flux<UUID> shards() {
		return this.database.sql(this.query)
			.bind("age", Intervals.seconds(this.age))
			.bind("batch", this.batchSize)
			.map((row) -> Columns.uuid(row, "shard"))
			.all();
	}

	private Mono<Long> purgeBatch(UUID shard) {
		return this.database.sql(this.statement)
			.bind("shard", shard)
			.bind("age", Intervals.seconds(this.age))
			.bind("batch", this.batchSize)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one();
	}

}
