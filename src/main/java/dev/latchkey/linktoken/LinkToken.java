package dev.latchkey.linktoken;

import java.util.UUID;

/**
 * The secret at the end of a mailed link, with the ids that it contains. It is derived,
 * never stored. Its text belongs in the mail only, so {@link #toString()} hides it.
 *
 * @param scope the id of the account, or of the user
 * @param subject the invitation, sign-up or reset that the token gives access to
 * @param version the version of the subject that was mailed; a newer version invalidates
 * the token
 * @param text the token as it is written in the link
 */
public record LinkToken(UUID scope, UUID subject, int version, String text) {

	/** The length of every token in characters. */
	public static final int LENGTH = 92;

	@Override
	public String toString() {
		return "LinkToken[" + this.subject + ", version " + this.version + "]";
	}

	/**
	 * The purpose of a token. A token for one purpose is not valid for any other.
	 */
	public enum Purpose {

		INVITATION, VERIFICATION, PASSWORD_RESET

	}

}
