package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;

/**
 * The fake of the fast tests stores sessions like the database.
 */
class InMemorySessionStoreTests implements SessionStoreContract {

	private final UserFixture users = new UserFixture();

	private final InMemorySessionStore store = new InMemorySessionStore(this.users.users(), SessionFixture.PROPERTIES,
			this.users.clock());

	@Override
	public SessionStore store() {
		return this.store;
	}

	@Override
	public User aUser() {
		return this.users.aUser(UUID.randomUUID() + "@example.test");
	}

	@Override
	public void letPass(Duration duration) {
		this.users.clock().letPass(duration);
	}

}
