package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Reads the same snapshot for every batch and records the rows.
 */
class StubBulkStore implements BulkStore {

	final List<BulkLine.Row> rows = new ArrayList<>();

	BulkSnapshot snapshot = new BulkSnapshotBuilder().build();

	int batchesUntilFailure = Integer.MAX_VALUE;

	@Override
	public Mono<BulkSnapshot> lockAndRead(AccountId account, UserId caller, List<BulkLine.Row> batch) {
		return Mono.defer(() -> {
			if (this.batchesUntilFailure-- <= 0) {
				return Mono.error(new IllegalStateException("the database is gone"));
			}
			this.rows.addAll(batch);
			return Mono.just(this.snapshot);
		});
	}

	@Override
	public Mono<BulkSnapshot> read(AccountId account, UserId caller, List<BulkLine.Row> batch) {
		return Mono.fromSupplier(() -> this.snapshot);
	}

	@Override
	public Mono<Void> write(AccountId account, UserId caller, BulkPlan plan) {
		return Mono.empty();
	}

}
