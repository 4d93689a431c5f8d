package dev.latchkey.user;

/**
 * The fake of the fast tests stores users like the database.
 */
class InMemoryUserStoreTests implements UserStoreContract {

	private final InMemoryUserStore store = new InMemoryUserStore();

	@Override
	public UserStore store() {
		return this.store;
	}

}
