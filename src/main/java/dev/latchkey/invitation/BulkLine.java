package dev.latchkey.invitation;

import java.util.Optional;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;

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
	 * @param key the line's own, if the request has one
	 */
	record Row(long number, NewInvitation invitation, Optional<IdempotencyKey> key) implements BulkLine {

		EmailAddress email() {
			return this.invitation.email();
		}

	}

	/**
	 * What could not be read, and why.
	 */
	record Unreadable(long number, DomainException problem) implements BulkLine {
	}

}
