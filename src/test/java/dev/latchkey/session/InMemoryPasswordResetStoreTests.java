package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.testing.MovableClock;

/**
 * The fake of the fast tests stores password resets like the database.
 */
class InMemoryPasswordResetStoreTests implements PasswordResetStoreContract {

	private final MovableClock clock = new MovableClock();

	private final InMemoryPasswordResetStore store = new InMemoryPasswordResetStore(this.clock, VALIDITY);

	@Override
	public PasswordResetStore store() {
		return this.store;
	}

	@Override
	public void letPass(Duration duration) {
		this.clock.letPass(duration);
	}

}
