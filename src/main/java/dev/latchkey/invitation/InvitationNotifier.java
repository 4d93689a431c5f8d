package dev.latchkey.invitation;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import dev.latchkey.feed.EventType;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;

/**
 * Notifies the feed, the mail relay and the counters after a command has committed.
 */
class InvitationNotifier {

	/** The events after which there is a new mail. */
	private static final Set<EventType> MAILED = Set.of(EventType.INVITATION_CREATED, EventType.INVITATION_RESENT);

	private final Consumer<AccountId> feed;

	private final Runnable relay;

	private final InvitationCounters counters;

	private final LimitCounter limits;

	/**
	 * Creates the notifier.
	 * @param feed notifies the watchers of an account about new events
	 * @param relay wakes the relay, because there is a new mail
	 */
	InvitationNotifier(Consumer<AccountId> feed, Runnable relay, InvitationCounters counters, LimitCounter limits) {
		this.feed = feed;
		this.relay = relay;
		this.counters = counters;
		this.limits = limits;
	}

	/**
	 * Reports a command on one invitation.
	 * @param event what has happened if the command was executed
	 */
	void completed(AccountId account, EventType event, CommandOutcome outcome) {
		if (outcome.reachedLimit() != null) {
			this.limits.hit(outcome.reachedLimit());
		}
		if (outcome.markedExpired() > 0) {
			notifyFeed(account, EventType.INVITATION_EXPIRED, outcome.markedExpired());
		}
		if (outcome.isExecuted()) {
			notifyFeed(account, event, 1);
		}
		if (outcome.isExecuted() && MAILED.contains(event)) {
			this.relay.run();
		}
	}

	/**
	 * Reports a committed batch of new invitations.
	 */
	void completed(AccountId account, List<BulkOutcome> batch) {
		batch.stream().map(BulkOutcome::reachedLimit).filter(Objects::nonNull).forEach(this.limits::hit);
		int markedExpired = batch.stream().mapToInt(BulkOutcome::markedExpired).sum();
		if (markedExpired > 0) {
			notifyFeed(account, EventType.INVITATION_EXPIRED, markedExpired);
		}
		int created = (int) batch.stream().filter((row) -> row.createdId().isPresent()).count();
		if (created > 0) {
			notifyWithMail(account, EventType.INVITATION_CREATED, created);
		}
	}

	void reminded(AccountId account, int reminders) {
		notifyWithMail(account, EventType.INVITATION_REMINDED, reminders);
	}

	void accepted(Membership membership) {
		notifyFeed(membership.account(), EventType.INVITATION_ACCEPTED, 1);
	}

	void declined(Invitation invitation) {
		notifyFeed(invitation.account(), EventType.INVITATION_DECLINED, 1);
	}

	void expired(AccountId account, int invitations) {
		notifyFeed(account, EventType.INVITATION_EXPIRED, invitations);
	}

	void delivered(AccountId account, boolean sent) {
		notifyFeed(account, sent ? EventType.INVITATION_SENT : EventType.INVITATION_DELIVERY_FAILED, 1);
	}

	private void notifyWithMail(AccountId account, EventType type, int events) {
		notifyFeed(account, type, events);
		this.relay.run();
	}

	private void notifyFeed(AccountId account, EventType type, int events) {
		this.counters.count(type, events);
		this.feed.accept(account);
	}

}
