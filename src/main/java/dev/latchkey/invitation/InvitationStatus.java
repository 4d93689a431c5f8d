package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an invitation is in its life. One that has run out <em>is</em> expired for every
 * reader, whether the sweep has marked it or not.
 */
public enum InvitationStatus {

	/** It can be accepted and declined. */
	PENDING,

	/** It has made its invitee a member; final. */
	ACCEPTED,

	/** The invitee does not want it; final. */
	DECLINED,

	/** The owner has taken it back; final. */
	REVOKED,

	/** It ran out; it can be resent. */
	EXPIRED;

	/**
	 * Whether its owner can still send it again or take it back.
	 */
	public boolean open() {
		return this == PENDING || this == EXPIRED;
	}

	public static Optional<InvitationStatus> of(String text) {
		return Arrays.stream(values()).filter((status) -> status.wireName().equals(text)).findFirst();
	}

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
