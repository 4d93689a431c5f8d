package dev.latchkey.session;

import java.util.Optional;

import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

/**
 * Sign-in by e-mail address and password. An unknown address and a wrong password cannot
 * be distinguished: the response, the time that it takes and the rate limit are the same.
 */
public class SignIn {

	private final Users users;

	private final Passwords passwords;

	private final Sessions sessions;

	private final RateLimiter rateLimiter;

	private final SessionProperties properties;

	SignIn(Users users, Passwords passwords, Sessions sessions, RateLimiter rateLimiter, SessionProperties properties) {
		this.users = users;
		this.passwords = passwords;
		this.sessions = sessions;
		this.rateLimiter = rateLimiter;
		this.properties = properties;
	}

	/**
	 * Opens a session.
	 * @param source the client address, for the rate limit
	 * @return the user and the new session, or {@link ProblemCode#WRONG_CREDENTIALS}, or
	 * {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<SignedIn> signIn(EmailAddress email, String password, String source) {
		return authenticate(email, password, source)
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.WRONG_CREDENTIALS)))
			.flatMap(this::open);
	}

	/**
	 * Checks an address and a password as {@link #signIn} does, with the same rate
	 * limits, but opens no session. A wrong password counts as a failed sign-in.
	 * @param source the client address, for the rate limit
	 * @return the user; empty if the password is wrong or there is no user; or
	 * {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<User> authenticate(EmailAddress email, String password, String source) {
		return acquire(email, source).then(this.users.find(email).map(Optional::of).defaultIfEmpty(Optional.empty()))
			.flatMap((user) -> comparePassword(user, password))
			.flatMap((user) -> release(email, source).thenReturn(user));
	}

	/**
	 * Checks the password of a signed-in caller again, before an action that a stolen
	 * session must not be able to do. A wrong password counts as a failed sign-in.
	 * @return completes, or fails with {@link ProblemCode#INVALID_FIELD} or
	 * {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<Void> confirmPassword(Caller caller, String password) {
		String address = caller.email().canonical();
		return this.rateLimiter
			.acquire(RateLimit.SIGN_IN_ADDRESS, address, this.properties.maxAttemptsPerAddress(),
					this.properties.attemptWindow())
			.then(this.users.find(caller.user()))
			.flatMap((user) -> comparePassword(Optional.of(user), password))
			.switchIfEmpty(Mono.error(() -> DomainException.invalidField("password", DetailMessage.PASSWORD_WRONG)))
			.then(this.rateLimiter.reset(RateLimit.SIGN_IN_ADDRESS, address));
	}

	private Mono<Void> acquire(EmailAddress email, String source) {
		return this.rateLimiter
			.acquire(RateLimit.SIGN_IN_SOURCE, source, this.properties.maxAttemptsPerSource(),
					this.properties.attemptWindow())
			.then(this.rateLimiter.acquire(RateLimit.SIGN_IN_ADDRESS, email.canonical(),
					this.properties.maxAttemptsPerAddress(), this.properties.attemptWindow()));
	}

	private Mono<Void> release(EmailAddress email, String source) {
		return this.rateLimiter.reset(RateLimit.SIGN_IN_ADDRESS, email.canonical())
			.then(this.rateLimiter.release(RateLimit.SIGN_IN_SOURCE, source));
	}

	/**
	 * Compares the password. If there is no user, this takes as long as a comparison.
	 * @return the user, or empty if the password is wrong or there is no user
	 */
	private Mono<User> comparePassword(Optional<User> user, String password) {
		Mono<Boolean> matches = user.map((known) -> this.passwords.matches(password, known.passwordHash()))
			.orElseGet(() -> this.passwords.compareWithDummy(password));
		return matches.filter(Boolean::booleanValue).flatMap((matched) -> Mono.justOrEmpty(user));
	}

	private Mono<SignedIn> open(User user) {
		return this.sessions.open(user.userId()).map((session) -> new SignedIn(user, session));
	}

	/**
	 * A user and the new session.
	 */
	public record SignedIn(User user, Sessions.OpenedSession session) {

	}

}
