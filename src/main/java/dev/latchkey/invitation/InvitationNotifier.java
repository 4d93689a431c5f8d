package dev.latchkey.invitation;

import dev.latchkey.feed.EventType;
import dev.latchkey.feed.Feed;
import dev.latchkey.mail.Outbox;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;

/**
 * Tells the feed, the relay and the counters that a command has committed.
 */
class InvitationNotifier {

	private final Feed feed;

	private final Outbox outbox;

	private final InvitationCounters counters;

	private final LimitCounter limits;

	InvitationNotifier(Feed feed, Outbox outbox, InvitationCounters counters, LimitCounter limits) {
		this.feed = feed;
		this.outbox = outbox;
		this.counters = counters;
		this.limits = limits;
	}

	void created(CommandOutcome made) {
		created(made.invitation().account(), 1, made.lapsed());
	}

	/**
	 * Several were created, and on the way some that had run out were marked.
	 */
	void created(AccountId account, int made, int lapsed) {
		this.counters.count(EventType.INVITATION_EXPIRED, lapsed);
		mailed(account, EventType.INVITATION_CREATED, made);
	}

	void resent(CommandOutcome sent) {
		this.counters.count(EventType.INVITATION_EXPIRED, sent.lapsed());
		mailed(sent.invitation().account(), EventType.INVITATION_RESENT, 1);
	}

	void reminded(AccountId account, int ordered) {
		mailed(account, EventType.INVITATION_REMINDED, ordered);
	}

	void revoked(CommandOutcome ended) {
		this.counters.count(EventType.INVITATION_EXPIRED, ended.lapsed());
		changed(ended.invitation().account(), EventType.INVITATION_REVOKED, 1);
	}

	void edited(Invitation invitation) {
		changed(invitation.account(), EventType.INVITATION_PERMISSIONS_CHANGED, 1);
	}

	void accepted(Invitation invitation) {
		changed(invitation.account(), EventType.INVITATION_ACCEPTED, 1);
	}

	void declined(Invitation invitation) {
		changed(invitation.account(), EventType.INVITATION_DECLINED, 1);
	}

	void expired(AccountId account, int marked) {
		changed(account, EventType.INVITATION_EXPIRED, marked);
	}

	void delivered(AccountId account, boolean sent) {
		changed(account, sent ? EventType.INVITATION_SENT : EventType.INVITATION_DELIVERY_FAILED, 1);
	}

	/**
	 * A row of many was refused by a limit.
	 */
	void limited(String limit) {
		this.limits.hit(limit);
	}

	private void mailed(AccountId account, EventType type, int events) {
		changed(account, type, events);
		this.outbox.wakeRelay();
	}

	private void changed(AccountId account, EventType type, int events) {
		this.counters.count(type, events);
		this.feed.notifyAppended(account);
	}

}
