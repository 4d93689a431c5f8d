package dev.latchkey.linktoken;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the secrets of mailed links and recognises them again: HMAC-SHA-256 over
 * purpose, scope, subject and version. The first key signs; all verify, so a key is
 * changed by adding the new one behind, then moving it to the front, and dropping the old
 * one when the longest validity has passed.
 */
public final class LinkTokens {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNED = 1 + 16 + 16 + 4;

	private static final int MAC = 32;

	private final Supplier<LinkKeys> keys;

	public LinkTokens(List<Key> keys) {
		LinkKeys fixed = new LinkKeys(keys);
		this.keys = () -> fixed;
	}

	/**
	 * Asks for the keys each time: they may change while others are at work.
	 */
	public LinkTokens(Supplier<LinkKeys> keys) {
		this.keys = keys;
	}

	public LinkToken issue(LinkToken.Purpose purpose, UUID scope, UUID subject, int version) {
		Key key = this.keys.get().signing();
		byte[] signed = signedPart(key.id(), scope, subject, version);
		byte[] token = Arrays.copyOf(signed, SIGNED + MAC);
		System.arraycopy(mac(key, purpose, signed), 0, token, SIGNED, MAC);
		return new LinkToken(scope, subject, version, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
	}

	/**
	 * Reads a token that some client sent. Length and alphabet are checked first, then
	 * the key and the signature, so nothing that this service has not issued gets any
	 * further.
	 * @return empty for whatever is not a genuine token of this purpose
	 */
	public Optional<LinkToken> verify(LinkToken.Purpose purpose, String text) {
		if (text.length() != LinkToken.LENGTH || !text.chars().allMatch(LinkTokens::isBase64Url)) {
			return Optional.empty();
		}
		byte[] token = Base64.getUrlDecoder().decode(text);
		byte[] signed = Arrays.copyOf(token, SIGNED);
		Key key = this.keys.get().find(signed[0] & 0xFF).orElse(null);
		if (key == null
				|| !MessageDigest.isEqual(mac(key, purpose, signed), Arrays.copyOfRange(token, SIGNED, token.length))) {
			return Optional.empty();
		}
		ByteBuffer fields = ByteBuffer.wrap(signed, 1, SIGNED - 1);
		UUID scope = new UUID(fields.getLong(), fields.getLong());
		UUID subject = new UUID(fields.getLong(), fields.getLong());
		return Optional.of(new LinkToken(scope, subject, fields.getInt(), text));
	}

	private static byte[] signedPart(int keyId, UUID scope, UUID subject, int version) {
		return ByteBuffer.allocate(SIGNED)
			.put((byte) keyId)
			.putLong(scope.getMostSignificantBits())
			.putLong(scope.getLeastSignificantBits())
			.putLong(subject.getMostSignificantBits())
			.putLong(subject.getLeastSignificantBits())
			.putInt(version)
			.array();
	}

	private static byte[] mac(Key key, LinkToken.Purpose purpose, byte[] signed) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key.secret());
			mac.update(purpose.name().getBytes(StandardCharsets.US_ASCII));
			mac.update((byte) 0);
			return mac.doFinal(signed);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("every Java platform has HmacSHA256", ex);
		}
	}

	private static boolean isBase64Url(int character) {
		return (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')
				|| (character >= '0' && character <= '9') || character == '-' || character == '_';
	}

	/**
	 * One signing key.
	 *
	 * @param id 0 to 255, carried in every token it signs
	 */
	public record Key(int id, SecretKeySpec secret) {

		/**
		 * Makes a key.
		 * @param secret at least 32 random bytes
		 */
		public static Key of(int id, byte[] secret) {
			if (id < 0 || id > 255) {
				throw new IllegalArgumentException("a token key's id is a number from 0 to 255");
			}
			if (secret.length < 32) {
				throw new IllegalArgumentException("a token key has at least 32 bytes");
			}
			return new Key(id, new SecretKeySpec(secret, ALGORITHM));
		}

		@Override
		public String toString() {
			return "Key[" + this.id + "]";
		}

	}

}
