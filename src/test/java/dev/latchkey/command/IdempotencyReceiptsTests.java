package dev.latchkey.command;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The receipts of several requests are read and written together.
 */
class IdempotencyReceiptsTests {

	private static final UUID SHARD = UUID.randomUUID();

	private static final UserId CALLER = new UserId(UUID.randomUUID());

	private static final UUID SUBJECT = UUID.randomUUID();

	private static final IdempotencyKey KEY = IdempotencyKey.of("once", "create", "Acme");

	private final InMemoryReceiptStore store = new InMemoryReceiptStore();

	private final IdempotencyReceipts receipts = new IdempotencyReceipts(this.store);

	@Nested
	class ManyReceipts {

		@Test
		void areInsertedAndFoundByTheirKeys() {
			IdempotencyReceipts receipts = IdempotencyReceiptsTests.this.receipts;
			StepVerifier.create(receipts.insert(SHARD, CALLER, Map.of(KEY, SUBJECT))).verifyComplete();
			StepVerifier.create(receipts.find(SHARD, CALLER, List.of(KEY)))
				.expectNext(Map.of(KEY.key(), new Receipt(KEY.fingerprint(), SUBJECT)))
				.verifyComplete();
		}

		@Test
		void needNoStatementIfThereAreNone() {
			IdempotencyReceipts receipts = new IdempotencyReceipts(new UnusedReceiptStore());
			StepVerifier.create(receipts.insert(SHARD, CALLER, Map.of())).verifyComplete();
			StepVerifier.create(receipts.find(SHARD, CALLER, List.of())).expectNext(Map.of()).verifyComplete();
		}

	}

	private static final class UnusedReceiptStore extends InMemoryReceiptStore {

		@Override
		public Mono<Map<String, Receipt>> findAll(UUID shard, UserId caller, Collection<IdempotencyKey> keys) {
			throw new AssertionError("read");
		}

		@Override
		public Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> subjects) {
			throw new AssertionError("written");
		}

	}

}
