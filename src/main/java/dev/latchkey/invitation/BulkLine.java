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
	 * A line that could not be read.
	 *
	 * @param problem the reason
	 * @param entered what could be read
	 */
	record Unreadable(long number, DomainException problem, Optional<EnteredInvitation> entered) implements BulkLine {

		@Override
		public <T> T fold(Function<Row, T> row, Function<Unreadable, T> unreadable) {
			return unreadable.apply(this);
		}

	}

}
