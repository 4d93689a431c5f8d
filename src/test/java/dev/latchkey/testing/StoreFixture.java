package dev.latchkey.testing;

import org.jspecify.annotations.Nullable;

/**
 * One service with its database, for all contract tests of stores in a JVM. Its periodic
 * tasks do not run during the tests, so that only the tests change its rows.
 *
 * @param database the database of the service
 */
public record StoreFixture(TestDatabase database, Service service) {

	private static @Nullable StoreFixture shared;

	/**
	 * Returns the shared fixture. It is started on first use and closed before the
	 * database server stops.
	 */
	public static synchronized StoreFixture shared() {
		StoreFixture running = shared;
		if (running == null) {
			running = start();
			shared = running;
		}
		return running;
	}

	/**
	 * The event loops are its own, because other classes close their services while this
	 * one runs.
	 */
	private static StoreFixture start() {
		TestDatabase database = TestDatabase.create();
		Service service = Service.on(database)
			.set("latchkey.invitations.sweep-interval", "1h")
			.set("latchkey.mail.poll-interval", "1h")
			.set("latchkey.feed.poll-interval", "1h")
			.withOwnEventLoops()
			.start();
		TestDatabase.beforeStop(service::close);
		return new StoreFixture(database, service);
	}

}
