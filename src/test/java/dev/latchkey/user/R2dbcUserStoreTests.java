package dev.latchkey.user;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Users in the real table.
 */
@DatabaseTest
class R2dbcUserStoreTests implements UserStoreContract {

	static Service service;

	@BeforeAll
	static void start() {
		service = Service.on(TestDatabase.create()).start();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Override
	public UserStore store() {
		return service.bean(UserStore.class);
	}

}
