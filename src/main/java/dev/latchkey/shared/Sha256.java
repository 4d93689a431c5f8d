package dev.latchkey.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names content by what it is (SHA-256, FIPS 180-4). Texts count as UTF-8.
 */
public final class Sha256 {

	private Sha256() {
	}

	public static byte[] of(String text) {
		return of(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The first bytes in hex, two digits each.
	 * @param bytes how many, 32 at most
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
