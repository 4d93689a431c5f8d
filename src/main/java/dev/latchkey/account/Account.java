package dev.latchkey.account;

import java.time.Instant;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * An account as one of its members sees it.
 *
 * @param locale the language of invitations that specify none, as a language tag
 * @param validityDays how long new invitations are valid, or null for the default of the
 * service
 * @param ownedByReader whether the member that reads the account is its owner
 * @param offer the open offer of ownership, or null if there is none or the reader is
 * neither the owner nor the member to whom the account is offered
 */
public record Account(AccountId id, String name, String locale, @Nullable Integer validityDays, boolean ownedByReader,
		int memberCount, @Nullable OwnershipOffer offer, Instant createdAt) {

	/**
	 * An open offer of ownership.
	 *
	 * @param newOwner the member to whom the account is offered
	 */
	public record OwnershipOffer(UserId newOwner, String name, Instant expiresAt) {

	}

}
