package dev.latchkey.command;

import dev.latchkey.retention.ExpiredAccountRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes receipts of commands whose idempotency keys have expired.
 */
final class IdempotencyReceiptPurge {

	private static final String QUERY = """
			select distinct shard_id as shard
			  from (select shard_id from idempotency_receipt
			         where created_at <= now() - make_interval(secs => :age)
			         limit :batch) due
			""";

	private static final String STATEMENT = """
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

	private IdempotencyReceiptPurge() {
	}

	static PurgeTask task(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredAccountRowPurge(database, "receipts", QUERY, STATEMENT, properties.idempotencyKeys(),
				properties.purgeBatchSize());
	}

}
