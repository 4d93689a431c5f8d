package dev.latchkey.command;

import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * Locks accounts.
 */
interface AccountLock {

	/**
	 * Locks an account until the end of the transaction. It waits while another
	 * transaction holds the lock.
	 */
	Mono<Void> lock(AccountId account);

}
