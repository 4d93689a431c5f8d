package dev.latchkey.command;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Stores receipts by shard, caller and key.
 */
interface ReceiptStore {

	/**
	 * Finds the receipt of a request.
	 * @return the receipt, or empty
	 */
	Mono<Receipt> find(UUID shard, UserId caller, IdempotencyKey key);

	/**
	 * Inserts receipts.
	 * @param subjects the ids of what the commands created, by the key of the request
	 * @return completes, or fails with an error for which
	 * {@link IdempotencyReceipts#isDuplicateReceipt} is true
	 */
	Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> subjects);

}
