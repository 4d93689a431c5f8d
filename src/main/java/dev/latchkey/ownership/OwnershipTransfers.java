package dev.latchkey.ownership;

import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.feed.EventType;
import dev.latchkey.ownership.OwnershipTransferStore.Parties;
import dev.latchkey.ownership.OwnershipTransferStore.TransferEvent;
import dev.latchkey.session.Caller;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Transfers the ownership of an account to one of its members, who must accept the offer.
 * The previous owner stays a member with every permission. Each step locks the account,
 * so the account has exactly one owner at every moment.
 */
public class OwnershipTransfers {

	private final OwnershipTransferStore store;

	private final AccountAccess accountAccess;

	private final BiFunction<Caller, String, Mono<Void>> confirmPassword;

	private final TransactionalOperator transaction;

	private final TransferMails mails;

	private final Consumer<AccountId> notifyAppended;

	/**
	 * Creates the operations.
	 * @param confirmPassword checks the password of a caller again, as
	 * {@link SignIn#confirmPassword}
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 */
	OwnershipTransfers(OwnershipTransferStore store, AccountAccess accountAccess,
			BiFunction<Caller, String, Mono<Void>> confirmPassword, TransactionalOperator transaction,
			TransferMails mails, Consumer<AccountId> notifyAppended) {
		this.store = store;
		this.accountAccess = accountAccess;
		this.confirmPassword = confirmPassword;
		this.transaction = transaction;
		this.mails = mails;
		this.notifyAppended = notifyAppended;
	}

	/**
	 * Offers the account to a member. This replaces an earlier offer.
	 * @param password the password of the owner, because a session alone must not be
	 * enough to transfer an account
	 * @return completes, or fails with {@link ProblemCode#OWNER_ONLY}, with
	 * {@link ProblemCode#NOT_FOUND} if the new owner is not a member, with
	 * {@link ProblemCode#OWNER_IMMUTABLE} if the new owner is the current owner, or as
	 * {@link SignIn#confirmPassword}
	 */
	public Mono<Void> offer(AccountId account, Caller owner, UserId newOwner, String password) {
		return this.accountAccess.requireOwner(account, owner.user())
			.then(requireOtherMember(account, newOwner))
			.then(this.confirmPassword.apply(owner, password))
			.then(this.transaction.transactional(writeOffer(account, new Parties(owner.user(), newOwner))))
			.doOnSuccess((done) -> notifyAfterCommit(account));
	}

	/**
	 * Ends an open offer. The owner withdraws it, or the new owner declines it.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the user is not a
	 * party of an open offer
	 */
	public Mono<Void> endOffer(AccountId account, UserId user) {
		Mono<Void> ended = lockOffer(account, user).flatMap((parties) -> endOffer(account, user, parties));
		return this.transaction.transactional(ended).doOnSuccess((done) -> this.notifyAppended.accept(account));
	}

	/**
	 * Accepts an open offer, so that the user becomes the owner. A user who is the owner
	 * already can repeat this, for example after a lost response; it changes nothing.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the account is
	 * not offered to the user and the user is not the owner
	 */
	public Mono<Void> accept(AccountId account, UserId user) {
		Mono<Boolean> transferred = this.store.lockIfOffered(account, user)
			.flatMap((parties) -> acceptOffer(account, user, parties).thenReturn(true))
			.switchIfEmpty(requireOwner(account, user).thenReturn(false));
		return this.transaction.transactional(transferred)
			.filter((changed) -> changed)
			.doOnNext((changed) -> notifyAfterCommit(account))
			.then();
	}

	/**
	 * Repeats the checks of the offer after the account is locked, because the state may
	 * have changed since the first checks.
	 */
	private Mono<Void> writeOffer(AccountId account, Parties parties) {
		return this.store.lockIfOwned(account, parties.owner())
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_ONLY)))
			.then(requireOtherMember(account, parties.newOwner()))
			.then(this.store.offer(account, parties.newOwner()))
			.flatMap((event) -> this.store
				.log(account, event, EventType.OWNERSHIP_OFFERED, parties.owner(), parties.newOwner())
				.then(this.mails.queueOffer(account, event)));
	}

	private Mono<Void> endOffer(AccountId account, UserId user, Parties parties) {
		EventType type = user.equals(parties.owner()) ? EventType.OWNERSHIP_WITHDRAWN : EventType.OWNERSHIP_DECLINED;
		return this.store.endOffer(account)
			.flatMap((event) -> this.store.log(account, event, type, user, parties.newOwner()));
	}

	private Mono<Void> acceptOffer(AccountId account, UserId user, Parties parties) {
		return user.equals(parties.newOwner()) ? transfer(account, parties) : Mono.error(DomainException::notFound);
	}

	private Mono<Void> transfer(AccountId account, Parties parties) {
		UserId previousOwner = parties.owner();
		return this.store.transfer(account, parties)
			.flatMap((event) -> this.store
				.log(account, event, EventType.OWNERSHIP_TRANSFERRED, parties.newOwner(), previousOwner)
				.then(this.mails.queueTransferred(account, previousOwner, event)));
	}

	private Mono<Parties> lockOffer(AccountId account, UserId user) {
		return this.store.lockIfOffered(account, user).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<UserId> requireOwner(AccountId account, UserId user) {
		return this.store.lockIfOwned(account, user).switchIfEmpty(Mono.error(DomainException::notFound));
	}

	private Mono<Void> requireOtherMember(AccountId account, UserId user) {
		return this.accountAccess.requireMember(account, user)
			.filter((member) -> !member.isOwner())
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_IMMUTABLE)))
			.then();
	}

	private void notifyAfterCommit(AccountId account) {
		this.notifyAppended.accept(account);
		this.mails.send();
	}

}
