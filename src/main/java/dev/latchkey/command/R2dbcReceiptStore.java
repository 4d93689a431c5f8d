package dev.latchkey.command;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Receipts in the table {@code idempotency_receipt}.
 */
class R2dbcReceiptStore implements ReceiptStore {

	private final DatabaseClient database;

	R2dbcReceiptStore(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Receipt> find(UUID shard, UserId caller, IdempotencyKey key) {
		return this.database.sql("""
				select fingerprint, subject_id from idempotency_receipt
				 where shard_id = :shard and caller_id = :caller and key = :key
				""")
			.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("key", key.key())
			.map(R2dbcReceiptStore::receipt)
			.one();
	}

	@Override
	public Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> subjects) {
		List<Map.Entry<IdempotencyKey, UUID>> entries = List.copyOf(subjects.entrySet());
		return this.database.sql("""
				insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
				select cast(:shard as uuid), cast(:caller as uuid), r.key, r.fingerprint, r.subject_id
				  from unnest(:keys, :fingerprints, :subjects) as r (key, fingerprint, subject_id)
				""")
			.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("keys", entries.stream().map((entry) -> entry.getKey().key()).toArray(String[]::new))
			.bind("fingerprints", entries.stream().map((entry) -> entry.getKey().fingerprint()).toArray(String[]::new))
			.bind("subjects", entries.stream().map(Map.Entry::getValue).toArray(UUID[]::new))
			.then();
	}

	private static Receipt receipt(Readable row) {
		return new Receipt(Columns.string(row, "fingerprint"), Columns.uuid(row, "subject_id"));
	}

}
