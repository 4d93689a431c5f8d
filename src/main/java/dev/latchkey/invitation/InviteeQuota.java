package dev.latchkey.invitation;

import java.time.Duration;

/**
 * The limit of mails from one account to one invitee.
 */
final class InviteeQuota {

	/** The length of the window in which mails to one invitee are counted. */
	static final Duration WINDOW = Duration.ofDays(1);

	/** The name of the limit in the metrics. */
	static final String RESENDS = "resends";

	private InviteeQuota() {
	}

}
