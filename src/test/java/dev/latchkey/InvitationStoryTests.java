package dev.latchkey;

import dev.latchkey.testing.TestDatabase;

/**
 * The story on the newest PostgreSQL, the one that is shipped.
 */
class InvitationStoryTests extends InvitationStory {

	@Override
	protected TestDatabase createDatabase() {
		return TestDatabase.create();
	}

}
