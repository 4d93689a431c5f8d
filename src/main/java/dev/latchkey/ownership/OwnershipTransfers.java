package dev.latchkey.ownership;

import java.util.function.BiFunction;
import java.util.function.Consumer;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.session.Caller;
import dev.latchkey.session.SignIn;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Transfers the ownership of an account to one of its members, who must accept the offer.
 * The previous owner stays a member with every permission. Each step is one function of
 * the database that locks the account, so the account has exactly one owner at every
 * moment.
 */
public class OwnershipTransfers {

	private final OwnershipCommands commands;

	private final AccountAccess accountAccess;

	private final BiFunction<Caller, String, Mono<Void>> confirmPassword;

	private final Consumer<AccountId> notifyAppended;

	private final Runnable wakeRelay;

	/**
	 * Creates the operations.
	 * @param confirmPassword checks the password of a caller again, as
	 * {@link SignIn#confirmPassword}
	 * @param notifyAppended is called with an account after events were appended to its
	 * log
	 * @param wakeRelay is called after mails were queued
	 */
	OwnershipTransfers(OwnershipCommands commands, AccountAccess accountAccess,
			BiFunction<Caller, String, Mono<Void>> confirmPassword, Consumer<AccountId> notifyAppended,
			Runnable wakeRelay) {
		this.commands = commands;
		this.accountAccess = accountAccess;
		this.confirmPassword = confirmPassword;
		this.notifyAppended = notifyAppended;
		this.wakeRelay = wakeRelay;
	}

	/**
	 * Offers the account to a member. This replaces an earlier offer. The password is
	 * checked only for the owner; the command checks the role and the member again,
	 * because they can have changed meanwhile.
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
			.then(this.commands.offer(account, owner.user(), newOwner))
			.doOnSuccess((done) -> announceWithMail(account));
	}

	/**
	 * Ends an open offer. The owner withdraws it, or the new owner declines it.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the user is not a
	 * party of an open offer
	 */
	public Mono<Void> endOffer(AccountId account, UserId user) {
		return this.commands.endOffer(account, user).doOnSuccess((done) -> this.notifyAppended.accept(account));
	}

	/**
	 * Accepts an open offer, so that the user becomes the owner. A user who is the owner
	 * already can repeat this, for example after a lost response; it changes nothing.
	 * @return completes, or fails with {@link ProblemCode#NOT_FOUND} if the account is
	 * not offered to the user and the user is not the owner
	 */
	public Mono<Void> accept(AccountId account, UserId user) {
		return this.commands.accept(account, user)
			.filter((changed) -> changed)
			.doOnNext((changed) -> announceWithMail(account))
			.then();
	}

	private Mono<Void> requireOtherMember(AccountId account, UserId user) {
		return this.accountAccess.requireMember(account, user)
			.filter((member) -> !member.isOwner())
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.OWNER_IMMUTABLE)))
			.then();
	}

	private void announceWithMail(AccountId account) {
		this.notifyAppended.accept(account);
		this.wakeRelay.run();
	}

}
