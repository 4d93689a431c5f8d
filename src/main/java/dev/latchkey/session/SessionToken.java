package dev.latchkey.session;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

import dev.latchkey.shared.Sha256;

/**
 * The secret token of a session: 256 random bits. The database stores only its hash, and
 * the token is never logged.
 */
public final class SessionToken {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int LENGTH = 43;

	private final String text;

	private SessionToken(String text) {
		this.text = text;
	}

	static SessionToken random() {
		byte[] bytes = new byte[32];
		RANDOM.nextBytes(bytes);
		return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
	}

	/**
	 * Reads a token that a client sent.
	 * @return the token, or empty if the text does not have the form of a token
	 */
	public static Optional<SessionToken> of(String text) {
		return text.matches("[A-Za-z0-9_-]{" + LENGTH + "}") ? Optional.of(new SessionToken(text)) : Optional.empty();
	}

	/**
	 * The secret, for the response that opens the session.
	 */
	public String text() {
		return this.text;
	}

	byte[] hash() {
		return Sha256.of(this.text);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof SessionToken that && this.text.equals(that.text);
	}

	@Override
	public int hashCode() {
		return this.text.hashCode();
	}

	@Override
	public String toString() {
		return "SessionToken";
	}

}
