package dev.latchkey.user;

import java.time.Duration;

import dev.latchkey.testing.MovableClock;

/**
 * The fake of the fast tests stores sign-ups like the database.
 */
class InMemorySignUpStoreTests implements SignUpStoreContract {

	private final MovableClock clock = new MovableClock();

	private final InMemorySignUpStore store = new InMemorySignUpStore(this.clock, VALIDITY);

	@Override
	public SignUpStore store() {
		return this.store;
	}

	@Override
	public void letPass(Duration duration) {
		this.clock.letPass(duration);
	}

}
