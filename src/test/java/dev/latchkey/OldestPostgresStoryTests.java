package dev.latchkey;

import dev.latchkey.testing.DebianPostgres;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;

/**
 * The scenario on PostgreSQL 15, the oldest supported version.
 */
@ServiceTest
class OldestPostgresStoryTests extends InvitationStory {

	private final DebianPostgres server = DebianPostgres.start(15);

	@Override
	protected TestDatabase createDatabase() {
		return this.server.createDatabase();
	}

	@Override
	protected void destroyDatabase() {
		this.server.close();
	}

}
