package dev.latchkey.invitation.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.invitation.Acceptance.Preview;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.ReceivedInvitations.Offer;
import dev.latchkey.language.Translations;
import dev.latchkey.permission.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The offer to an invitee: the account, the inviter, the permissions and the expiry time.
 * It does not contain the invited address, because the holder of a link is not always the
 * person that it was sent to.
 *
 * @param loginExists whether the invited address has a login; only in a preview, which
 * requires the link
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record OfferResponse(AccountName account, String inviter, List<OfferedPermission> permissions, Instant expiresAt,
		@Nullable Boolean loginExists) {

	static OfferResponse of(Preview preview, Translations translations) {
		return new OfferResponse(new AccountName(preview.parties().account().value(), preview.parties().accountName()),
				preview.parties().inviterName(), permissions(preview.invitation(), translations),
				preview.invitation().expiresAt(), preview.loginExists());
	}

	static OfferResponse of(Offer offer, Translations translations) {
		return new OfferResponse(new AccountName(offer.parties().account().value(), offer.parties().accountName()),
				offer.parties().inviterName(), permissions(offer.invitation(), translations),
				offer.invitation().expiresAt(), null);
	}

	private static List<OfferedPermission> permissions(Invitation invitation, Translations translations) {
		return invitation.permissions()
			.asSet()
			.stream()
			.map((permission) -> OfferedPermission.of(permission, translations))
			.toList();
	}

	record AccountName(UUID id, String name) {

	}

	record OfferedPermission(String key, String title, String description) {

		static OfferedPermission of(Permission permission, Translations translations) {
			return new OfferedPermission(permission.key(), translations.text(permission.titleKey()),
					translations.text(permission.descriptionKey()));
		}

	}

}
