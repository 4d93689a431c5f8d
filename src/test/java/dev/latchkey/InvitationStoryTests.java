package dev.latchkey;

import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;

/**
 * The scenario on the newest PostgreSQL, the version that is shipped.
 */
@ServiceTest
class InvitationStoryTests extends InvitationStory {

	@Override
	protected TestDatabase createDatabase() {
		return TestDatabase.create();
	}

}
