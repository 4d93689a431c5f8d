package dev.latchkey.user;

import java.time.Duration;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;

/**
 * Sign-ups in the real table.
 */
@DatabaseTest
class R2dbcSignUpStoreTests implements SignUpStoreContract {

	static TestDatabase database;

	static Service service;

	@BeforeAll
	static void start() {
		database = StoreFixture.shared().database();
		service = StoreFixture.shared().service();
	}

	@Override
	public SignUpStore store() {
		return service.bean(SignUpStore.class);
	}

	@Override
	public void letPass(Duration duration) {
		database.update("update sign_up set expires_at = expires_at - make_interval(secs => ?)",
				(double) duration.toSeconds());
	}

}
