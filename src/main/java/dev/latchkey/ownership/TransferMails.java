package dev.latchkey.ownership;

import dev.latchkey.ownership.OwnershipTransferStore.TransferEvent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Queues the mails of ownership transfers.
 */
interface TransferMails {

	/**
	 * Queues the mail to the member to whom the account is offered, as part of the
	 * present transaction.
	 */
	Mono<Void> queueOffer(AccountId account, TransferEvent event);

	/**
	 * Queues the mail to the previous owner, as part of the present transaction.
	 */
	Mono<Void> queueTransferred(AccountId account, UserId previousOwner, TransferEvent event);

	/**
	 * Lets the queued mails be sent, after the commit.
	 */
	void send();

}
