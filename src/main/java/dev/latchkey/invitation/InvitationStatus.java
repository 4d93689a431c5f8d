package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The status of an invitation. After its expiry time an invitation <em>is</em> expired
 * for every reader, whether or not the sweep has marked it.
 */
public enum InvitationStatus {

	/** The invitee can accept or decline it. */
	PENDING,

	/** The invitee accepted it and became a member; final. */
	ACCEPTED,

	/** The invitee declined it; final. */
	DECLINED,

	/** The owner revoked it; final. */
	REVOKED,

	/** Its validity is over; the owner can resend it. */
	EXPIRED;

	/**
	 * Whether it never changes again: the owner can neither resend nor revoke it.
	 */
	public boolean isFinal() {
		return this == ACCEPTED || this == DECLINED || this == REVOKED;
	}

	public static Optional<InvitationStatus> of(String wireName) {
		return Arrays.stream(values()).filter((status) -> status.wireName().equals(wireName)).findFirst();
	}

	public String wireName() {
		return name().toLowerCase(Locale.ROOT);
	}

}
