package dev.latchkey.mail;

import java.util.concurrent.atomic.AtomicReference;

import jakarta.mail.MessagingException;

/**
 * The point of no return of one delivery attempt. A message is either committed to the
 * mail server or cancelled, never both: the first call wins. A cancelled message is
 * certainly not sent, so another replica may send it.
 */
final class DeliveryGate {

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	/**
	 * Commits the message, immediately before it is transmitted.
	 * @return false if the attempt was cancelled before: the message must not be
	 * transmitted
	 */
	boolean commit() {
		return this.state.compareAndSet(State.OPEN, State.COMMITTED);
	}

	/**
	 * Commits, or fails if the attempt was cancelled before.
	 */
	void requireCommit() throws MessagingException {
		if (!commit()) {
			throw new MessagingException("Cancelled before transmission");
		}
	}

	/**
	 * Cancels the attempt.
	 * @return false if the message was committed before; it may then be delivered or not
	 */
	boolean cancel() {
		return this.state.compareAndSet(State.OPEN, State.CANCELLED);
	}

	private enum State {

		OPEN, COMMITTED, CANCELLED

	}

}
