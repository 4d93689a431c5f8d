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
 * Issues and verifies the tokens of mailed links: HMAC-SHA-256 over purpose, key id,
 * scope, subject and version. The first key signs and all keys verify. To rotate keys:
 * append the new key, move it to the first position, and remove the old key when all
 * links that it signed have expired.
 */
public final class LinkTokens {

	private static final String ALGORITHM = "HmacSHA256";

	private static final int SIGNED_LENGTH = 1 + 16 + 16 + 4;

	private static final int MAC_LENGTH = 32;

	private final Supplier<LinkKeys> keys;

	public LinkTokens(List<Key> keys) {
		LinkKeys fixed = new LinkKeys(keys);
		this.keys = () -> fixed;
	}

	/**
	 * Uses keys that can change while the service runs.
	 * @param keys called for every token; must be thread-safe
	 */
	public LinkTokens(Supplier<LinkKeys> keys) {
		this.keys = keys;
	}

	/**
	 * Issues the token of one version of a subject. The same arguments give the same
	 * token on every replica that has the same signing key.
	 */
	public LinkToken issue(LinkToken.Purpose purpose, UUID scope, UUID subject, int version) {
		Key key = this.keys.get().signingKey();
		byte[] signed = signedPart(key.id(), scope, subject, version);
		byte[] token = Arrays.copyOf(signed, SIGNED_LENGTH + MAC_LENGTH);
		System.arraycopy(mac(key, purpose, signed), 0, token, SIGNED_LENGTH, MAC_LENGTH);
		return new LinkToken(scope, subject, version, Base64.getUrlEncoder().withoutPadding().encodeToString(token));
	}

	/**
	 * Verifies a token that a client has sent: length and alphabet first, then key and
	 * signature. A token that this service has not issued therefore causes no query.
	 * @return the token, or empty if it is not a genuine token of this purpose
	 */
	public Optional<LinkToken> verify(LinkToken.Purpose purpose, String text) {
		if (text.length() != LinkToken.LENGTH || !text.chars().allMatch(LinkTokens::isBase64Url)) {
			return Optional.empty();
		}
		byte[] token = Base64.getUrlDecoder().decode(text);
		byte[] signed = Arrays.copyOf(token, SIGNED_LENGTH);
		Key key = this.keys.get().find(signed[0] & 0xFF).orElse(null);
		if (key == null || !MessageDigest.isEqual(mac(key, purpose, signed),
				Arrays.copyOfRange(token, SIGNED_LENGTH, token.length))) {
			return Optional.empty();
		}
		ByteBuffer fields = ByteBuffer.wrap(signed, 1, SIGNED_LENGTH - 1);
		UUID scope = new UUID(fields.getLong(), fields.getLong());
		UUID subject = new UUID(fields.getLong(), fields.getLong());
		return Optional.of(new LinkToken(scope, subject, fields.getInt(), text));
	}

	private static byte[] signedPart(int keyId, UUID scope, UUID subject, int version) {
		return ByteBuffer.allocate(SIGNED_LENGTH)
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
	 * A key that signs and verifies tokens.
	 *
	 * @param id 0 to 255; every token contains the id of its key
	 */
	public record Key(int id, SecretKeySpec secret) {

		/**
		 * Creates a key.
		 * @param secret at least 32 random bytes
		 * @throws IllegalArgumentException if the id or the length is out of range
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
