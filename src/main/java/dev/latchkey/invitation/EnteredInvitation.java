package dev.latchkey.invitation;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The values of an invitation as a client sent them, before they are checked.
 *
 * @param email null if it is missing
 * @param permissions the keys that were understood, and the other names as they were sent
 * @param locale null if it is missing
 * @param expiresInDays null if it is missing or not a number
 */
public record EnteredInvitation(@Nullable String email, List<String> permissions, @Nullable String locale,
		@Nullable Integer expiresInDays) {

	static EnteredInvitation of(NewInvitation invitation) {
		return new EnteredInvitation(invitation.email().value(), invitation.permissions().keys(),
				(invitation.locale() != null) ? invitation.locale().toLanguageTag() : null,
				(invitation.validity() != null) ? invitation.validity().days() : null);
	}

}
