package dev.latchkey.mail;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * One attempt's point of no return: a letter is either given to the mail server or called
 * off, never both, whoever comes first. What was called off is surely not sent, so it may
 * be sent by somebody else.
 */
final class DeliveryGate {

	private static final ThreadLocal<@Nullable DeliveryGate> CURRENT = new ThreadLocal<>();

	private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

	/**
	 * That of the attempt which this mail thread is making.
	 */
	static DeliveryGate current() {
		return Objects.requireNonNull(CURRENT.get(), "no attempt is being made");
	}

	/**
	 * Makes an attempt on this thread.
	 */
	void during(Runnable attempt) {
		CURRENT.set(this);
		try {
			attempt.run();
		}
		finally {
			CURRENT.remove();
		}
	}

	/**
	 * Passes the point.
	 * @return false if the attempt was called off before
	 */
	boolean give() {
		return this.state.compareAndSet(State.OPEN, State.GIVEN);
	}

	/**
	 * Calls the attempt off.
	 * @return false if the letter was given before, whatever becomes of it
	 */
	boolean callOff() {
		return this.state.compareAndSet(State.OPEN, State.CALLED_OFF);
	}

	private enum State {

		OPEN, GIVEN, CALLED_OFF

	}

}
