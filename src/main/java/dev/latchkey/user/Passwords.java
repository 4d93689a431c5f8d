package dev.latchkey.user;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Checks and hashes passwords, with Argon2 on separate threads. If their queue is full,
 * the operation fails as unavailable and does not slow down the rest of the service.
 */
public class Passwords {

	private static final int MIN_LENGTH = 8;

	private static final int MAX_LENGTH = 128;

	private final PasswordEncoder encoder;

	private final CommonPasswords common;

	private final HashingExecutor executor;

	private final Mono<String> dummyHash;

	Passwords(PasswordEncoder encoder, CommonPasswords common, HashingExecutor executor) {
		this.encoder = encoder;
		this.common = common;
		this.executor = executor;
		this.dummyHash = hash("dummy password").cacheInvalidateIf((hash) -> false);
	}

	/**
	 * Requires a new password to have 8 to 128 characters, not to be a common password
	 * and not to be the beginning of the address. There are no further rules (NIST SP
	 * 800-63B, section 3.1.1.2).
	 * @throws DomainException {@link ProblemCode#WEAK_PASSWORD}
	 */
	public void requireStrong(String password, EmailAddress email) {
		String text = normalized(password);
		if (!hasValidLength(password) || !hasValidLength(text)) {
			throw weak(DetailMessage.PASSWORD_LENGTH, MIN_LENGTH, MAX_LENGTH);
		}
		String folded = text.toLowerCase(Locale.ROOT);
		if (this.common.contains(folded) || email.canonical().startsWith(folded)) {
			throw weak(DetailMessage.PASSWORD_COMMON);
		}
	}

	/**
	 * Hashes a password.
	 */
	public Mono<String> hash(String password) {
		return this.executor.run(() -> encode(normalized(password)));
	}

	/**
	 * Compares a password with a hash.
	 */
	public Mono<Boolean> matches(String password, String hash) {
		return this.executor.run(() -> this.encoder.matches(normalized(password), hash));
	}

	/**
	 * Takes as long as {@link #matches} and always returns false, so that an unknown
	 * address is refused no faster than a wrong password. The first call takes twice as
	 * long.
	 */
	public Mono<Boolean> compareWithDummy(String password) {
		return this.dummyHash.flatMap((hash) -> matches(password, hash)).thenReturn(false);
	}

	private static boolean hasValidLength(String text) {
		int length = text.codePointCount(0, text.length());
		return length >= MIN_LENGTH && length <= MAX_LENGTH;
	}

	private String encode(String password) {
		return Objects.requireNonNull(this.encoder.encode(password));
	}

	private static String normalized(String password) {
		return Normalizer.normalize(password, Normalizer.Form.NFC);
	}

	private static DomainException weak(DetailMessage message, Object... arguments) {
		return new DomainException(ProblemCode.WEAK_PASSWORD, message, arguments).with("field", "password");
	}

}
