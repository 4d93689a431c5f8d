package dev.latchkey.linktoken;

import java.util.UUID;

/**
 * The secret at the end of a mailed link, and what it speaks of. It is derived, never
 * stored; its text goes into a mail and nowhere else, so {@link #toString()} hides it.
 *
 * @param scope the account's id, or the user's
 * @param subject the invitation, sign-up or reset that it opens
 * @param version the version of the subject that was mailed; a newer one kills it
 */
public record LinkToken(UUID scope, UUID subject, int version, String text) {

	/** The length of every token's text, in characters. */
	public static final int LENGTH = 92;

	@Override
	public String toString() {
		return "LinkToken[" + this.subject + ", version " + this.version + "]";
	}

	/**
	 * The door a token opens. A token for one door is unknown at every other.
	 */
	public enum Purpose {

		INVITATION, VERIFICATION, PASSWORD_RESET

	}

}
