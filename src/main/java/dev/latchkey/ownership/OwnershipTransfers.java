package dev.latchkey.ownership;

import java.time.Duration;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.EventType;
import dev.latchkey.feed.Feed;
import dev.latchkey.mail.Outbox;
import dev.latchkey.ownership.OwnershipTransferStore.Parties;
import dev.latchkey.ownership.OwnershipTransferStore.Step;
import dev.latchkey.session.Caller;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Hands an account over to one of its members, who must want it. The old owner stays as a
 * member with every permission; who is one owner at each moment is decided under the
 * account's lock.
 */
public class OwnershipTransfers {

	private final OwnershipTransferStore store;

	private final AccountAccess accountAccess;

	private final SignIn signIn;

	private final TransactionalOperator transaction;

	private final Outbox outbox;

	private final Feed feed;

	private final Duration validity;

	OwnershipTransfers(OwnershipTransferStore store, AccountAccess accountAccess, SignIn signIn,
			TransactionalOperator transaction, Outbox outbox, Feed feed, Duration validity) {
		this.store = store;
		this.accountAccess = accountAccess;
		this.signIn = signIn;
		this.transaction = transaction;
		this.outbox = outbox;
		this.feed = feed;
		this.validity = validity;
	}

	/**
	 * Offers the account to a member, instead of whomever it was offered to before.
	 * @param password the owner's: a session alone is not enough to give an account away
	 * @return completes, or {@link ProblemCode#OWNER_ONLY}, {@link ProblemCode#NOT_FOUND}
	 * for whoever is no member, {@link ProblemCode#OWNER_IMMUTABLE} for the owner
	 */
	public Mono<Void> offer(AccountId account, Caller owner, UserId heir, String password) {
		Mono<Step> offered = this.store.lockOwned(account, owner.user())
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)))
			.then(heir(account, heir))
			.then(this.store.offer(account, heir, this.validity))
			.flatMap((step) -> this.store.log(account, step, EventType.OWNERSHIP_OFFERED, owner.user(), heir)
				.then(this.outbox.enqueue(account.value(), OwnershipOfferMail.NAME, account.value(), step.version()))
				.thenReturn(step));
		return this.accountAccess.owner(account, owner.user())
			.then(heir(account, heir))
			.then(this.signIn.confirm(owner, password))
			.then(this.transaction.transactional(offered))
			.doOnNext((step) -> mailed(account))
			.then();
	}

	/**
	 * Ends an open offer: its owner withdraws it, or whom it was made to declines.
	 * @return completes, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<Void> end(AccountId account, UserId party) {
		Mono<Step> ended = open(account,
				party)
			.flatMap(
					(parties) -> this.store.end(account)
						.flatMap(
								(step) -> this.store
									.log(account, step,
											party.equals(parties.owner()) ? EventType.OWNERSHIP_WITHDRAWN
													: EventType.OWNERSHIP_DECLINED,
											party, parties.heir())
									.thenReturn(step)));
		return this.transaction.transactional(ended).doOnNext((step) -> this.feed.notifyAppended(account)).then();
	}

	/**
	 * Takes the account over.
	 * @return completes, or {@link ProblemCode#NOT_FOUND} if it is not offered to them
	 */
	public Mono<Void> accept(AccountId account, UserId heir) {
		Mono<Step> handedOver = open(account, heir).filter((parties) -> parties.heir().equals(heir))
			.switchIfEmpty(Mono.error(DomainException::notFound))
			.flatMap((parties) -> this.store.handOver(account, parties)
				.flatMap((step) -> this.store.log(account, step, EventType.OWNERSHIP_TRANSFERRED, heir, parties.owner())
					.then(this.outbox.enqueue(account.value(), OwnershipTransferredMail.NAME, parties.owner().value(),
							step.version()))
					.thenReturn(step)));
		return this.transaction.transactional(handedOver).doOnNext((step) -> mailed(account)).then();
	}

	private Mono<Parties> open(AccountId account, UserId party) {
		return this.store.lockOffered(account, party).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<Void> heir(AccountId account, UserId heir) {
		return this.accountAccess.member(account, heir)
			.filter((member) -> !member.owner())
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_IMMUTABLE)))
			.then();
	}

	private void mailed(AccountId account) {
		this.feed.notifyAppended(account);
		this.outbox.wakeRelay();
	}

}
