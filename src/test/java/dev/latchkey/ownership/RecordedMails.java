package dev.latchkey.ownership;

import java.util.List;

import dev.latchkey.ownership.OwnershipTransferStore.TransferEvent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Records which mails are queued, and when they are sent.
 */
record RecordedMails(List<String> calls) implements TransferMails {

	@Override
	public Mono<Void> queueOffer(AccountId account, TransferEvent event) {
		return Mono.fromRunnable(() -> this.calls.add("queue mail of offer " + event.offerVersion()));
	}

	@Override
	public Mono<Void> queueTransferred(AccountId account, UserId previousOwner, TransferEvent event) {
		return Mono.fromRunnable(
				() -> this.calls.add("queue mail to " + previousOwner + " about offer " + event.offerVersion()));
	}

	@Override
	public void send() {
		this.calls.add("send mails");
	}

}
