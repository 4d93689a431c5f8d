package dev.latchkey.model;

import java.time.Duration;

import dev.latchkey.model.ModelAccount.MailCount;
import dev.latchkey.model.Result.Refusal;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.Service;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the owner's commands, with the settings of the tested service.
 */
final class Limits {

	static final int MAX_PENDING = 4;

	static final int MAX_CREATIONS_PER_DAY = 8;

	static final int MAX_RESENDS_PER_DAY = 2;

	static final Duration COOLDOWN = Duration.ofHours(1);

	static final Duration VALIDITY = Duration.ofDays(7);

	static final Duration REMINDER_LEAD_TIME = Duration.ofDays(2);

	static final Duration OFFER_VALIDITY = Duration.ofDays(7);

	private static final Duration DAY = Duration.ofDays(1);

	private Limits() {
	}

	/**
	 * Sets these limits in a service, and no schedule that would change rows meanwhile.
	 */
	static Service.Builder configure(Service.Builder service) {
		return service.set("latchkey.invitations.max-pending", Integer.toString(MAX_PENDING))
			.set("latchkey.invitations.max-creations-per-day", Integer.toString(MAX_CREATIONS_PER_DAY))
			.set("latchkey.invitations.max-resends-per-day", Integer.toString(MAX_RESENDS_PER_DAY))
			.set("latchkey.invitations.resend-cooldown", COOLDOWN.toString())
			.set("latchkey.invitations.validity", VALIDITY.toString())
			.set("latchkey.invitations.reminder-lead-time", REMINDER_LEAD_TIME.toString())
			.set("latchkey.ownership-transfers.validity", OFFER_VALIDITY.toString())
			.set("latchkey.invitations.sweep-interval", "24h")
			.set("latchkey.sessions.max-attempts-per-address", "1000")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "1000");
	}

	/**
	 * The validity of an invitation: its own, or else that of the account or of the
	 * service.
	 */
	static Duration validity(ModelAccount account, @Nullable Integer ownDays) {
		Integer days = (ownDays != null) ? ownDays : account.validDays;
		return (days != null) ? Duration.ofDays(days) : VALIDITY;
	}

	/**
	 * Requires that the account can have one more live invitation.
	 */
	static void requirePendingBelowLimit(ModelAccount account, Duration now) {
		int limit = (account.maxPending != null) ? account.maxPending : MAX_PENDING;
		if (account.livePending(now) >= limit) {
			throw Refusal.of(ProblemCode.TOO_MANY_PENDING);
		}
	}

	/**
	 * Requires that the account can create one more invitation in its window of a day.
	 */
	static void requireCreationsBelowLimit(ModelAccount account, Duration now) {
		int limit = (account.maxCreations != null) ? account.maxCreations : MAX_CREATIONS_PER_DAY;
		if (isOpen(account.creationWindow, now) && account.creations >= limit) {
			throw limitReached(account.creationWindow, now);
		}
	}

	static void countCreation(ModelAccount account, Duration now) {
		if (!isOpen(account.creationWindow, now)) {
			account.creationWindow = now;
			account.creations = 0;
		}
		account.creations++;
	}

	/**
	 * Requires that the account can send one more mail to a mailbox. The first mail of a
	 * window of a day is free.
	 */
	static void requireMailBelowLimit(ModelAccount account, Person invitee, Duration now) {
		MailCount count = account.mailCounts().get(invitee.mailbox());
		if (count != null && isOpen(count.windowStart(), now) && count.furtherMails() >= MAX_RESENDS_PER_DAY) {
			throw limitReached(count.windowStart(), now);
		}
	}

	/**
	 * Counts a mail.
	 * @param inNewWindow what it counts if it begins a window: 0 for a new invitation, 1
	 * for a resend
	 */
	static void countMail(ModelAccount account, Person invitee, int inNewWindow, Duration now) {
		MailCount count = account.mailCounts().get(invitee.mailbox());
		boolean open = count != null && isOpen(count.windowStart(), now);
		account.mailCounts()
			.put(invitee.mailbox(), (open && count != null)
					? new MailCount(count.windowStart(), count.furtherMails() + 1) : new MailCount(now, inNewWindow));
	}

	/**
	 * Requires that the cooldown since the last mail of an invitation is over.
	 */
	static void requireCooldownOver(ModelInvitation invitation, Duration now) {
		Duration wait = invitation.issued.plus(COOLDOWN).minus(now);
		if (wait.compareTo(Duration.ZERO) > 0) {
			throw Result.refused(ProblemCode.RESEND_TOO_SOON).retryAfter(wait).asRefusal();
		}
	}

	/**
	 * Whether a window of a day is not over.
	 */
	static boolean isOpen(Duration windowStart, Duration now) {
		return windowStart.plus(DAY).compareTo(now) > 0;
	}

	private static Refusal limitReached(Duration windowStart, Duration now) {
		return Result.refused(ProblemCode.LIMIT_REACHED).retryAfter(windowStart.plus(DAY).minus(now)).asRefusal();
	}

}
