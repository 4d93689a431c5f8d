package dev.latchkey.invitation;

import java.util.List;

import dev.latchkey.command.IdempotencyReceipts;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads and writes batches in PostgreSQL.
 */
class R2dbcBulkStore implements BulkStore {

	private final BulkReads reads;

	private final BulkWrites writes;

	R2dbcBulkStore(DatabaseClient database, IdempotencyReceipts receipts, InvitationProperties properties) {
		this.reads = new BulkReads(database, receipts, properties);
		this.writes = new BulkWrites(database, receipts, properties);
	}

	@Override
	public Mono<BulkSnapshot> lockAndRead(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return this.reads.lockAndRead(account, caller, rows);
	}

	@Override
	public Mono<BulkSnapshot> read(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return this.reads.read(account, caller, rows);
	}

	@Override
	public Mono<Void> write(AccountId account, UserId caller, BulkPlan plan) {
		return this.writes.write(account, caller, plan);
	}

}
