package dev.latchkey.ownership;

import java.time.Instant;

import dev.latchkey.feed.EventType;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The steps of an ownership transfer, which run in a transaction that locks the account
 * first. What it reads after that cannot change until the commit.
 */
interface OwnershipTransferStore {

	/**
	 * Locks an account if the user is its owner.
	 * @return the owner, or empty if the user is not the owner
	 */
	Mono<UserId> lockIfOwned(AccountId account, UserId owner);

	/**
	 * Locks an account if it has an open offer and the user is one of the two parties.
	 * @return the parties, or empty
	 */
	Mono<Parties> lockIfOffered(AccountId account, UserId party);

	/**
	 * Offers the ownership of a locked account. This replaces an earlier offer.
	 * @return the event to log
	 */
	Mono<TransferEvent> offer(AccountId account, UserId newOwner);

	/**
	 * Ends the offer of a locked account.
	 * @return the event to log
	 */
	Mono<TransferEvent> endOffer(AccountId account);

	/**
	 * Transfers the ownership of a locked account. The new owner also becomes the inviter
	 * of all pending invitations, because an invitation is valid only while its inviter
	 * is the owner.
	 * @return the event to log
	 */
	Mono<TransferEvent> transfer(AccountId account, Parties parties);

	/**
	 * Writes an event to the log of the account.
	 * @param user the user to whom the event refers
	 */
	Mono<Void> log(AccountId account, TransferEvent event, EventType type, UserId actor, UserId user);

	/**
	 * Reads the content of the mail of an offer.
	 * @param version the version of the offer
	 * @return the offer, or empty if that version is not open
	 */
	Mono<OfferMail> findOfferMail(AccountId account, int version);

	/**
	 * Reads the content of the mail to the previous owner after a transfer.
	 * @return the content, or empty if the data of the previous owner was deleted
	 */
	Mono<MailContent> findTransferredMail(AccountId account, UserId previousOwner);

	/**
	 * The two parties of a transfer.
	 *
	 * @param owner the current owner
	 * @param newOwner the member to whom the account is offered
	 */
	record Parties(UserId owner, UserId newOwner) {

	}

	/**
	 * One step of a transfer, which is logged as an event.
	 *
	 * @param sequence the number of the event in the log of the account
	 * @param offerVersion the version of the offer, which increases with each offer
	 */
	record TransferEvent(long sequence, int offerVersion) {

	}

	/**
	 * The content of the mail of an open offer.
	 */
	record OfferMail(MailContent content, Instant expiresAt) {

	}

	/**
	 * The content of all mails of a transfer.
	 *
	 * @param ownerName the name of the current owner
	 * @param locale the language of the account, as a language tag
	 */
	record MailContent(EmailAddress recipient, String accountName, String ownerName, String locale) {

	}

}
