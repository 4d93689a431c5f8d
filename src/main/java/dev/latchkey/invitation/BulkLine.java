package dev.latchkey.invitation;

import java.util.Locale;
import java.util.Optional;

import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * One line of a bulk request.
 */
public sealed interface BulkLine {

	/**
	 * Where it stands in the request, from 1.
	 */
	long number();

	/**
	 * Somebody to invite.
	 *
	 * @param locale the invitation's language, null for the account's
	 * @param key the line's own, if the request has one
	 */
	record Row(long number, EmailAddress email, PermissionSet permissions, @Nullable Locale locale,
			Optional<IdempotencyKey> key) implements BulkLine {
	}

	/**
	 * What could not be read, and why.
	 */
	record Unreadable(long number, DomainException problem) implements BulkLine {
	}

}
