package dev.latchkey.invitation;

import java.util.Locale;

import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be invited to what.
 *
 * @param locale the language of the mail and of what the invitee hears, null for the
 * account's
 * @param validity how long it and each resend of it is valid, null for what the account
 * or else the service says
 */
public record NewInvitation(EmailAddress email, PermissionSet permissions, @Nullable Locale locale,
		@Nullable ValidityDays validity) {

}
