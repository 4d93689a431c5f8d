package dev.latchkey.session;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import org.junit.jupiter.api.BeforeAll;

/**
 * Sessions in the real tables.
 */
@DatabaseTest
class R2dbcSessionStoreTests implements SessionStoreContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public SessionStore store() {
		return service.bean(SessionStore.class);
	}

	@Override
	public User aUser() {
		EmailAddress email = EmailAddress.of(UUID.randomUUID() + "@example.test");
		return Objects
			.requireNonNull(service.bean(Users.class).register(email, "Ann Carter", "a hash", Locale.ENGLISH).block());
	}

	@Override
	public void letPass(Duration duration) {
		double seconds = duration.toSeconds();
		database.update("""
				update session set idle_until = idle_until - make_interval(secs => ?),
				       expires_at = expires_at - make_interval(secs => ?)""", seconds, seconds);
		database.update("update session_end set at = at - make_interval(secs => ?)", seconds);
	}

}
