package dev.latchkey.user;

import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.StoreFixture;
import org.junit.jupiter.api.BeforeAll;

/**
 * Users in the real table.
 */
@DatabaseTest
class R2dbcUserStoreTests implements UserStoreContract {

	static Service service;

	@BeforeAll
	static void start() {
		service = StoreFixture.shared().service();
	}

	@Override
	public UserStore store() {
		return service.bean(UserStore.class);
	}

}
