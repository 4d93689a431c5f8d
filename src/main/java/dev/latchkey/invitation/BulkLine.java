package dev.latchkey.invitation;

import java.util.Optional;
import java.util.function.Function;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;

/**
 * One line of a bulk request.
 */
public sealed interface BulkLine {

	/**
	 * The number of the line in the request, from 1.
	 */
	long number();

	/**
	 * What the line contains, empty if it could not be read at all.
	 */
	Optional<EnteredInvitation> entered();

	/**
	 * A line with an invitation: a row, or unreadable if the invitation has no
	 * permissions.
	 */
	static BulkLine of(long number, NewInvitation invitation, Optional<IdempotencyKey> key) {
		try {
			invitation.permissions().requireNonEmpty();
			return new Row(number, invitation, key);
		}
		catch (DomainException problem) {
			return new Unreadable(number, problem, Optional.of(EnteredInvitation.of(invitation)));
		}
	}

	/**
	 * Applies the function for the kind of this line.
	 */
	<T> T fold(Function<Row, T> row, Function<Unreadable, T> unreadable);

	/**
	 * A line with an invitation to create.
	 *
	 * @param key the key of this line, if the request has a key
	 */
	record Row(long number, NewInvitation invitation, Optional<IdempotencyKey> key) implements BulkLine {

		EmailAddress email() {
			return this.invitation.email();
		}

		@Override
		public Optional<EnteredInvitation> entered() {
			return Optional.of(EnteredInvitation.of(this.invitation));
		}

		@Override
		public <T> T fold(Function<Row, T> row, Function<Unreadable, T> unreadable) {
			return row.apply(this);
		}

	}

	/**
	 * A line that contains no valid invitation.
	 *
	 * @param problem the reason
	 * @param entered what the line contains, empty if it could not be read at all
	 */
	record Unreadable(long number, DomainException problem, Optional<EnteredInvitation> entered) implements BulkLine {

		@Override
		public <T> T fold(Function<Row, T> row, Function<Unreadable, T> unreadable) {
			return unreadable.apply(this);
		}

	}

}
