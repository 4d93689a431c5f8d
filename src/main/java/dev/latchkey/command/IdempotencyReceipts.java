package dev.latchkey.command;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.ConstraintViolations;
import reactor.core.publisher.Mono;

/**
 * Ensures that a command with an {@code Idempotency-Key} runs once. The statement of the
 * command inserts the receipt, so a receipt exists if and only if the command was
 * committed. The receipt contains the id of what the command created or changed, and no
 * other data.
 */
public class IdempotencyReceipts {

	private final ReceiptStore store;

	IdempotencyReceipts(ReceiptStore store) {
		this.store = store;
	}

	/**
	 * Finds the receipts of requests that were completed before.
	 * @return the receipts by {@link IdempotencyKey#key}
	 */
	public Mono<Map<String, Receipt>> find(UUID shard, UserId caller, Collection<IdempotencyKey> keys) {
		if (keys.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.store.findAll(shard, caller, keys);
	}

	/**
	 * Inserts receipts in the transaction of their commands.
	 * @param subjects the ids of what the commands created, by the key of the request
	 */
	public Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> subjects) {
		if (subjects.isEmpty()) {
			return Mono.empty();
		}
		return this.store.insert(shard, caller, subjects);
	}

	/**
	 * Whether a statement failed because its receipt already exists.
	 */
	public static boolean isDuplicateReceipt(Throwable error) {
		return ConstraintViolations.violated(error, "idempotency_receipt_pkey");
	}

	/**
	 * A completed request.
	 *
	 * @param fingerprint the fingerprint of its {@link IdempotencyKey}
	 * @param subject the id of what the command created or changed
	 */
	public record Receipt(String fingerprint, UUID subject) {

		/**
		 * The subject, if the receipt belongs to the same request.
		 * @throws DomainException {@link ProblemCode#IDEMPOTENCY_KEY_REUSED} if the
		 * fingerprints differ
		 */
		public UUID requireSubject(IdempotencyKey key) {
			if (!this.fingerprint.equals(key.fingerprint())) {
				throw DomainException.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
			}
			return this.subject;
		}

	}

}
