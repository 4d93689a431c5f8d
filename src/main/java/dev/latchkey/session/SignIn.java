package dev.latchkey.session;

import java.util.Optional;

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
 * Signing in. An unknown address and a wrong password are told apart by nothing: not the
 * answer, not the time it takes, not the limit.
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
	 * @param source where the request came from, for the limit
	 * @return the user and their new session, or {@link ProblemCode#WRONG_CREDENTIALS}
	 */
	public Mono<SignedIn> signIn(EmailAddress email, String password, String source) {
		return count(email, source).then(this.users.find(email).map(Optional::of).defaultIfEmpty(Optional.empty()))
			.flatMap((user) -> authenticate(user, password))
			.switchIfEmpty(Mono.error(DomainException.of(ProblemCode.WRONG_CREDENTIALS)))
			.flatMap((user) -> forget(email, source).then(open(user)));
	}

	/**
	 * Has somebody who is signed in say their password again, before something that a
	 * stolen session must not do. A wrong one counts as one at the door.
	 * @return completes, or {@link ProblemCode#INVALID_FIELD}
	 */
	public Mono<Void> confirm(Caller caller, String password) {
		String address = caller.email().canonical();
		return this.rateLimiter
			.pass("sign-in address", address, this.properties.maxAttemptsPerAddress(), this.properties.attemptWindow())
			.then(this.users.find(caller.user()))
			.flatMap((user) -> authenticate(Optional.of(user), password))
			.switchIfEmpty(Mono.error(() -> DomainException.invalidField("password", DetailMessage.PASSWORD_WRONG)))
			.then(this.rateLimiter.forgive("sign-in address", address));
	}

	private Mono<Void> count(EmailAddress email, String source) {
		return this.rateLimiter
			.pass("sign-in source", source, this.properties.maxAttemptsPerSource(), this.properties.attemptWindow())
			.then(this.rateLimiter.pass("sign-in address", email.canonical(), this.properties.maxAttemptsPerAddress(),
					this.properties.attemptWindow()));
	}

	private Mono<Void> forget(EmailAddress email, String source) {
		return this.rateLimiter.forgive("sign-in address", email.canonical())
			.then(this.rateLimiter.refund("sign-in source", source));
	}

	/**
	 * Compares the password, or takes as long as a comparison if there is nobody.
	 * @return the user, or empty
	 */
	private Mono<User> authenticate(Optional<User> user, String password) {
		Mono<Boolean> right = user.map((known) -> this.passwords.matches(password, known.passwordHash()))
			.orElseGet(() -> this.passwords.compareWithDummy(password));
		return right.filter((matches) -> matches).flatMap((matches) -> Mono.justOrEmpty(user));
	}

	private Mono<SignedIn> open(User user) {
		return this.sessions.open(user.userId()).map((session) -> new SignedIn(user, session));
	}

	/**
	 * A user with a session that was opened just now.
	 */
	public record SignedIn(User user, Sessions.OpenedSession session) {

	}

}
