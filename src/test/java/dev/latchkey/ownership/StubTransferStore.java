package dev.latchkey.ownership;

import java.util.List;

import dev.latchkey.feed.EventType;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Records the steps of transfers and returns prepared results.
 */
class StubTransferStore implements OwnershipTransferStore {

	static final TransferEvent EVENT = new TransferEvent(12, 3);

	private final List<String> calls;

	private @Nullable UserId owner;

	private @Nullable Parties openOffer;

	StubTransferStore(List<String> calls) {
		this.calls = calls;
	}

	void owner(@Nullable UserId value) {
		this.owner = value;
	}

	void openOffer(Parties parties) {
		this.openOffer = parties;
	}

	@Override
	public Mono<UserId> lockIfOwned(AccountId account, UserId user) {
		return Mono.fromSupplier(() -> {
			this.calls.add("lock as owner");
			return user.equals(this.owner) ? user : null;
		});
	}

	@Override
	public Mono<Parties> lockIfOffered(AccountId account, UserId party) {
		return Mono.fromSupplier(() -> {
			this.calls.add("lock as party");
			Parties parties = this.openOffer;
			return (parties != null && (party.equals(parties.owner()) || party.equals(parties.newOwner()))) ? parties
					: null;
		});
	}

	@Override
	public Mono<TransferEvent> offer(AccountId account, UserId newOwner) {
		return step("offer to " + newOwner);
	}

	@Override
	public Mono<TransferEvent> endOffer(AccountId account) {
		return step("end offer");
	}

	@Override
	public Mono<TransferEvent> transfer(AccountId account, Parties parties) {
		return step("transfer from " + parties.owner() + " to " + parties.newOwner());
	}

	@Override
	public Mono<Void> log(AccountId account, TransferEvent event, EventType type, UserId actor, UserId user) {
		return Mono.fromRunnable(() -> this.calls
			.add("log " + event.sequence() + " " + type.wireName() + " by " + actor + " about " + user));
	}

	@Override
	public Mono<OfferMail> findOfferMail(AccountId account, int version) {
		return Mono.empty();
	}

	@Override
	public Mono<MailContent> findTransferredMail(AccountId account, UserId previousOwner) {
		return Mono.empty();
	}

	private Mono<TransferEvent> step(String call) {
		return Mono.fromSupplier(() -> {
			this.calls.add(call);
			return EVENT;
		});
	}

}
