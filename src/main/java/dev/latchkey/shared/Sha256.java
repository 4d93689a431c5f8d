package dev.latchkey.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes SHA-256 digests (FIPS 180-4). Strings are encoded in UTF-8.
 */
public final class Sha256 {

	private Sha256() {
	}

	public static byte[] of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The first bytes of the digest in hexadecimal.
	 * @param bytes the number of bytes, at most 32
	 */
	public static String hex(String text, int bytes) {
		return HexFormat.of().formatHex(of(text), 0, bytes);
	}

	public static String hex(byte[] content, int bytes) {
		return HexFormat.of().formatHex(of(content), 0, bytes);
	}

	private static byte[] of(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
