package dev.latchkey.feed;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Decides which users may read an account's log.
 */
public interface FeedAccess {

	/**
	 * Requires that the user may read the log.
	 * @return completes, or {@link ProblemCode#NOT_FOUND} if the user may not know that
	 * the account exists, {@link ProblemCode#OWNER_ONLY} for another member
	 */
	Mono<Void> requireReader(AccountId account, UserId reader);

}
