package dev.latchkey.ownership;

import dev.latchkey.mail.Outbox;
import dev.latchkey.ownership.OwnershipTransferStore.TransferEvent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Queues the mails in the outbox.
 */
class OutboxTransferMails implements TransferMails {

	private final Outbox outbox;

	OutboxTransferMails(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public Mono<Void> queueOffer(AccountId account, TransferEvent event) {
		return this.outbox.enqueue(account.value(), OwnershipOfferMail.NAME, account.value(), event.offerVersion());
	}

	@Override
	public Mono<Void> queueTransferred(AccountId account, UserId previousOwner, TransferEvent event) {
		return this.outbox.enqueue(account.value(), OwnershipTransferredMail.NAME, previousOwner.value(),
				event.offerVersion());
	}

	@Override
	public void send() {
		this.outbox.wakeRelay();
	}

}
