package dev.latchkey.account.web;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.account.Account;
import dev.latchkey.account.Account.OwnershipOffer;
import org.jspecify.annotations.Nullable;

/**
 * An account as one of its members sees it.
 *
 * @param expiresInDays how long new invitations are valid, or null for the default of the
 * service
 * @param owner whether the caller is the owner
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccountResponse(UUID id, String name, String locale, @Nullable Integer expiresInDays, boolean owner,
		int members, @Nullable Transfer ownershipTransfer, Instant createdAt) {

	public static AccountResponse of(Account account) {
		return new AccountResponse(account.id().value(), account.name(), account.locale(), account.validityDays(),
				account.ownedByReader(), account.memberCount(), Transfer.of(account.offer()), account.createdAt());
	}

	/**
	 * An open offer of ownership.
	 *
	 * @param userId the member to whom the account is offered
	 */
	record Transfer(UUID userId, String name, Instant expiresAt) {

		static @Nullable Transfer of(@Nullable OwnershipOffer offer) {
			return (offer != null) ? new Transfer(offer.newOwner().value(), offer.name(), offer.expiresAt()) : null;
		}

	}

}
