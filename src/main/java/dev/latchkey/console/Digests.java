package dev.latchkey.console;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names content by what it is.
 */
final class Digests {

	private Digests() {
	}

	static byte[] sha256(byte[] content) {
		return sha256().digest(content);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

}
