package dev.latchkey.command;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.PostgresErrors;
import reactor.core.publisher.Mono;

/**
 * Receipts in a map.
 */
class InMemoryReceiptStore implements ReceiptStore {

	private final Map<Id, Receipt> receipts = new HashMap<>();

	@Override
	public Mono<Receipt> find(UUID shard, UserId caller, IdempotencyKey key) {
		return Mono.fromSupplier(() -> this.receipts.get(new Id(shard, caller, key.key())));
	}

	@Override
	public Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> subjects) {
		return Mono.defer(() -> {
			if (subjects.keySet()
				.stream()
				.anyMatch((key) -> this.receipts.containsKey(new Id(shard, caller, key.key())))) {
				return Mono.error(PostgresErrors.duplicateKey("idempotency_receipt_pkey"));
			}
			subjects.forEach((key, subject) -> this.receipts.put(new Id(shard, caller, key.key()),
					new Receipt(key.fingerprint(), subject)));
			return Mono.empty();
		});
	}

	private record Id(UUID shard, UserId caller, String key) {

	}

}
