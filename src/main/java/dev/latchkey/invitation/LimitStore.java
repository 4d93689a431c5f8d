package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Mono;

/**
 * Reads how much of the limits of invitations an account has used.
 */
interface LimitStore {

	/**
	 * Whether the account has as many live invitations as its limit allows.
	 */
	Mono<Boolean> isPendingLimitReached(AccountId account);

	/**
	 * Whether the account's counter of pending invitations, which includes overdue ones,
	 * has reached the limit.
	 */
	Mono<Boolean> isPendingCounterFull(AccountId account);

	/**
	 * The time until the account can create an invitation again.
	 * @return the time, or empty if it can create one now
	 */
	Mono<Duration> waitForCreation(AccountId account);

	/**
	 * The time until the cooldown after the last mail of an invitation is over.
	 * @return the time, or empty if it is over
	 */
	Mono<Duration> waitForCooldown(AccountId account, InvitationId id);

	/**
	 * The time until the account can send a mail to the mailbox again.
	 * @return the time, or empty if it can send one now
	 */
	Mono<Duration> waitForMail(AccountId account, String mailbox);

}
