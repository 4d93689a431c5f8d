package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;

/**
 * Password resets in the real table.
 */
@DatabaseTest
class R2dbcPasswordResetStoreTests implements PasswordResetStoreContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public PasswordResetStore store() {
		return service.bean(PasswordResetStore.class);
	}

	@Override
	public void letPass(Duration duration) {
		database.update("update password_reset set expires_at = expires_at - make_interval(secs => ?)",
				(double) duration.toSeconds());
	}

}
