package dev.latchkey.command;

import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Runs commands without a database, for the tests of other modules.
 */
public final class TestCommands {

	private final InMemoryReceiptStore receipts = new InMemoryReceiptStore();

	/**
	 * The execution of commands, with a lock that is always free.
	 */
	public CommandExecution execution() {
		return new CommandExecution((account) -> Mono.empty(), new RecordedTransactions(new ArrayList<>()));
	}

	public IdempotencyReceipts receipts() {
		return new IdempotencyReceipts(this.receipts);
	}

	/**
	 * Inserts the receipt of a completed request, as the statement of its command does.
	 */
	public Mono<Void> complete(UUID shard, UserId caller, IdempotencyKey key, UUID subject) {
		return this.receipts.insert(shard, caller, Map.of(key, subject));
	}

}
