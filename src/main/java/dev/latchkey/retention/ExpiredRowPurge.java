package dev.latchkey.retention;

import java.time.Duration;

import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes expired rows that belong to no account, by one statement per batch.
 *
 * @param name the rows, as log messages name them
 * @param statement deletes at most {@code :batch} rows that are older than {@code :age}
 * seconds, and returns their number as {@code dropped}
 * @param age how old rows must be
 * @param batchSize how many rows are deleted in one transaction
 */
public record ExpiredRowPurge(DatabaseClient database, String name, String statement, Duration age,
		int batchSize) implements PurgeTask {

	@Override
	public Flux<Long> purge() {
		return purgeBatch().expand((deleted) -> (deleted == this.batchSize) ? purgeBatch() : Mono.empty())
			.filter((deleted) -> deleted > 0);
	}

	private Mono<Long> purgeBatch() {
		return this.database.sql(this.statement)
			.bind("age", Intervals.seconds(this.age))
			.bind("batch", this.batchSize)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one();
	}

}
