package dev.latchkey.invitation;

import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Reads the state that decides about a batch of rows, and writes the plan for the batch,
 * in one transaction.
 */
interface BulkStore {

	/**
	 * Takes the account's lock and reads.
	 * @return the state, or empty if there is no such account
	 */
	Mono<BulkSnapshot> lockAndRead(AccountId account, UserId caller, List<BulkLine.Row> rows);

	/**
	 * Reads without a lock, so the state may change at any time.
	 * @return the state, or empty if there is no such account
	 */
	Mono<BulkSnapshot> read(AccountId account, UserId caller, List<BulkLine.Row> rows);

	/**
	 * Writes the plan. A plan that creates no invitation changes nothing.
	 */
	Mono<Void> write(AccountId account, UserId caller, BulkPlan plan);

}
