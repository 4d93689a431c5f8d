package dev.latchkey.invitation;

import java.util.Locale;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;

/**
 * An invitation to create.
 *
 * @param locale the language of the mail and of the responses to the invitee, null for
 * the language of the account
 * @param validity the validity after creation and after each resend, null for the default
 * of the account or else of the service
 */
public record NewInvitation(EmailAddress email, PermissionSet permissions, @Nullable Locale locale,
		@Nullable ValidityDays validity) {

}
