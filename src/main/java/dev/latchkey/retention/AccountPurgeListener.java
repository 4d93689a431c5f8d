package dev.latchkey.retention;

import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * Deletes rows of an account that are not needed any more after a purge has deleted the
 * rows that referred to them.
 */
public interface AccountPurgeListener {

	/**
	 * Cleans up after a purge.
	 * @return completes when done; never fails
	 */
	Mono<Void> afterPurge(AccountId account);

}
