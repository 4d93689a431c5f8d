package dev.latchkey.invitation;

import java.util.Locale;

/**
 * What has become of the invitation's newest mail, apart from the invitation itself.
 */
public enum DeliveryStatus {

	/** It waits to be sent, for the first time or again. */
	QUEUED,

	/** A mail server has taken it; whether it arrived, nobody can know. */
	SENT,

	/** It was refused for good, or patience ran out. */
	FAILED;

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
