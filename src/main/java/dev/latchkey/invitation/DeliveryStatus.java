package dev.latchkey.invitation;

import java.util.Locale;

/**
 * The delivery of an invitation's newest mail, independent of the invitation's own
 * status.
 */
public enum DeliveryStatus {

	/** It waits for its first or next attempt. */
	QUEUED,

	/** A mail server has accepted it; whether it reached the mailbox is unknown. */
	SENT,

	/** It was rejected permanently, or the retries were given up. */
	FAILED;

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
