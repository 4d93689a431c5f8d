package dev.latchkey.command;

import java.util.Map;
import java.util.UUID;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/**
 * What every {@link ReceiptStore} does.
 */
interface ReceiptStoreContract {

	UUID SUBJECT = UUID.fromString("0e5b2d4c-0000-4000-8000-000000000001");

	ReceiptStore store();

	@Test
	default void findsAReceiptByShardCallerAndKey() {
		UUID shard = UUID.randomUUID();
		UserId caller = aUser();
		IdempotencyKey key = IdempotencyKey.of("once", "create", 1);
		StepVerifier.create(store().insert(shard, caller, Map.of(key, SUBJECT))).verifyComplete();
		StepVerifier.create(store().find(shard, caller, key))
			.expectNext(new Receipt(key.fingerprint(), SUBJECT))
			.verifyComplete();
		StepVerifier.create(store().find(UUID.randomUUID(), caller, key)).verifyComplete();
		StepVerifier.create(store().find(shard, aUser(), key)).verifyComplete();
		StepVerifier.create(store().find(shard, caller, IdempotencyKey.of("Once", "create", 1))).verifyComplete();
	}

	@Test
	default void findsAReceiptWhateverTheContentOfTheRequest() {
		UUID shard = UUID.randomUUID();
		UserId caller = aUser();
		IdempotencyKey key = IdempotencyKey.of("once", "create", 1);
		StepVerifier.create(store().insert(shard, caller, Map.of(key, SUBJECT))).verifyComplete();
		StepVerifier.create(store().find(shard, caller, IdempotencyKey.of("once", "create", 2)))
			.expectNext(new Receipt(key.fingerprint(), SUBJECT))
			.verifyComplete();
	}

	@Test
	default void refusesASecondReceiptWithTheSameKeyAndInsertsNothing() {
		UUID shard = UUID.randomUUID();
		UserId caller = aUser();
		IdempotencyKey key = IdempotencyKey.of("once", 1);
		IdempotencyKey other = IdempotencyKey.of("other", 2);
		StepVerifier.create(store().insert(shard, caller, Map.of(key, SUBJECT))).verifyComplete();
		StepVerifier
			.create(store().insert(shard, caller, Map.of(other, SUBJECT, IdempotencyKey.of("once", 2), SUBJECT)))
			.verifyErrorMatches(IdempotencyReceipts::isDuplicateReceipt);
		StepVerifier.create(store().find(shard, caller, other)).verifyComplete();
	}

	private static UserId aUser() {
		return new UserId(UUID.randomUUID());
	}

}
