package dev.latchkey.retention;

import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * Is called after old rows of an account were deleted, to delete what only they referred
 * to.
 */
public interface AccountPurgeListener {

	/**
	 * Cleans up after a purge.
	 * @return completes when done; never fails
	 */
	Mono<Void> afterPurge(AccountId account);

}
