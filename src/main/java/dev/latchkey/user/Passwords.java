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
 * Hashes passwords with Argon2 on threads of their own. When their queue is full, the
 * attempt is refused as unavailable instead of slowing down everything else.
 */
public class Passwords {

	private static final int MIN = 8;

	private static final int MAX = 128;

	private final PasswordEncoder encoder;

	private final CommonPasswords common;

	private final HashingExecutor executor;

	private final Mono<String> nobodysHash;

	Passwords(PasswordEncoder encoder, CommonPasswords common, HashingExecutor executor) {
		this.encoder = encoder;
		this.common = common;
		this.executor = executor;
		this.nobodysHash = hash("nobody's password").cacheInvalidateIf((hash) -> false);
	}

	/**
	 * Checks a new password: at least 8 characters, not one of the common ones, not the
	 * address itself; nothing else is asked of it (NIST SP 800-63B, section 3.1.1.2).
	 * @throws DomainException {@link ProblemCode#WEAK_PASSWORD}
	 */
	public void check(String password, EmailAddress email) {
		String text = normalized(password);
		if (!isLongEnough(password) || !isLongEnough(text)) {
			throw weak(DetailMessage.PASSWORD_LENGTH, MIN, MAX);
		}
		String folded = text.toLowerCase(Locale.ROOT);
		if (this.common.contains(folded) || email.canonical().startsWith(folded)) {
			throw weak(DetailMessage.PASSWORD_COMMON);
		}
	}

	/**
	 * Hashes a password that was checked.
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
	 * Takes as long as a comparison, the first time twice as long, and never matches: so
	 * an unknown address is refused no faster than a wrong password.
	 */
	public Mono<Boolean> matchesNobody(String password) {
		return this.nobodysHash.flatMap((hash) -> matches(password, hash)).thenReturn(false);
	}

	private static boolean isLongEnough(String text) {
		int length = text.codePointCount(0, text.length());
		return length >= MIN && length <= MAX;
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
