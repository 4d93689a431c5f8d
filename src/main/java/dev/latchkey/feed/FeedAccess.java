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
	 * @return completes, or fails with {@link ProblemCode#OWNER_ONLY} for a member that
	 * is not the owner, or with {@link ProblemCode#NOT_FOUND} for all other users
	 */
	Mono<Void> requireReader(AccountId account, UserId reader);

}
