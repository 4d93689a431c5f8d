package dev.latchkey.testing;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of in-memory stores. It stands still until a test moves it.
 */
public final class MovableClock {

	private Instant now = Instant.parse("2026-05-04T10:00:00Z");

	public Instant now() {
		return this.now;
	}

	/**
	 * Moves the clock forward.
	 */
	public void letPass(Duration duration) {
		this.now = this.now.plus(duration);
	}

}
