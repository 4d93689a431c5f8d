package dev.latchkey.invitation;

import dev.latchkey.feed.Feed;
import dev.latchkey.mail.Outbox;
import dev.latchkey.shared.AccountId;

/**
 * Tells the feed and the relay that a command has committed.
 */
class Announcements {

	private final Feed feed;

	private final Outbox outbox;

	Announcements(Feed feed, Outbox outbox) {
		this.feed = feed;
		this.outbox = outbox;
	}

	void changed(Invitation invitation) {
		this.feed.grew(invitation.account());
	}

	void mailed(Invitation invitation) {
		mailed(invitation.account());
	}

	void mailed(AccountId account) {
		this.feed.grew(account);
		this.outbox.wake();
	}

}
