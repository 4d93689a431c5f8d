package dev.latchkey.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Decodes UTF-8 strictly: overlong forms and encoded surrogates are errors, nothing is
 * replaced.
 */
public final class Utf8 {

	private Utf8() {
	}

	/**
	 * The decoded text, or empty if the bytes are not UTF-8.
	 */
	public static Optional<String> decode(byte[] bytes) {
		try {
			return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return Optional.empty();
		}
	}

}
