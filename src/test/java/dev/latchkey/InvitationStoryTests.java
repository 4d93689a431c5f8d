package dev.latchkey;

import dev.latchkey.testing.TestDatabase;

/**
 * The scenario on the newest PostgreSQL, the version that is shipped.
 */
class InvitationStoryTests extends InvitationStory {

	@Override
	protected TestDatabase createDatabase() {
		return TestDatabase.create();
	}

}
