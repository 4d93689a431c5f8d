package dev.latchkey.invitation;

import java.util.function.Function;

import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * Frees capacity for pending invitations. The commands compare the account's counter of
 * pending invitations with the limit, and this counter includes overdue invitations until
 * they are marked as expired.
 */
class PendingCapacity {

	private final LimitStore store;

	private final Function<AccountId, Mono<Long>> sweep;

	/**
	 * Creates the check.
	 * @param sweep marks the overdue invitations of an account as expired
	 */
	PendingCapacity(LimitStore store, Function<AccountId, Mono<Long>> sweep) {
		this.store = store;
		this.sweep = sweep;
	}

	/**
	 * Marks the account's overdue invitations as expired if its counter has reached the
	 * limit. Waits for the account's lock.
	 */
	Mono<Void> expireOverdueIfFull(AccountId account) {
		return this.store.isPendingCounterFull(account)
			.filter((full) -> full)
			.flatMap((full) -> this.sweep.apply(account))
			.then();
	}

}
