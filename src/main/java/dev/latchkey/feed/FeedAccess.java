package dev.latchkey.feed;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Decides who may read an account's log.
 */
public interface FeedAccess {

	/**
	 * Lets the reader pass, or fails as the caller may know it: not found, or owner only.
	 */
	Mono<Void> admit(AccountId account, UserId reader);

}
