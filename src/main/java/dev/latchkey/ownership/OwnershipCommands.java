package dev.latchkey.ownership;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The steps of an ownership transfer. Each one is atomic, locks the account, logs an
 * event and queues its mail. A step that is refused changes nothing.
 */
interface OwnershipCommands {

	/**
	 * Offers an account to a member. This replaces an earlier offer.
	 * @return completes, or fails with {@link ProblemCode#OWNER_ONLY},
	 * {@link ProblemCode#NOT_FOUND} or {@link ProblemCode#OWNER_IMMUTABLE}
	 */
	Mono<Void> offer(AccountId account, UserId owner, UserId newOwner);

	/**
	 * Ends an open offer on behalf of one of its two parties.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND}
	 */
	Mono<Void> endOffer(AccountId account, UserId party);

	/**
	 * Transfers the ownership to the user to whom the account is offered. The new owner
	 * also becomes the inviter of all pending invitations, because an invitation is valid
	 * only while its inviter is the owner.
	 * @return whether the account has changed, which is false if the user is the owner
	 * already; or {@link ProblemCode#NOT_FOUND}
	 */
	Mono<Boolean> accept(AccountId account, UserId user);

}
