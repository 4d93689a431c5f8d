package dev.latchkey.ownership;

import java.time.Instant;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Reads the contents of the mails of ownership transfers.
 */
interface OwnershipMailStore {

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
