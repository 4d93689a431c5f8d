package dev.latchkey.session;

import java.util.Optional;

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

	private final SignInLimits limits;

	SignIn(Users users, Passwords passwords, Sessions sessions, SignInLimits limits) {
		this.users = users;
		this.passwords = passwords;
		this.sessions = sessions;
		this.limits = limits;
	}

	/**
	 * Opens a session.
	 * @param source the client address, for the rate limits
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
	 * @param source the client address, for the rate limits
	 * @return the user; empty if the password is wrong or there is no user; or
	 * {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<User> authenticate(EmailAddress email, String password, String source) {
		return this.limits.acquire(email, source)
			.then(this.users.find(email).map(Optional::of).defaultIfEmpty(Optional.empty()))
			.flatMap((user) -> comparePassword(user, password))
			.flatMap((user) -> this.limits.recordSuccess(email, source).thenReturn(user));
	}

	/**
	 * Opens a session for a new user, who has proved by a mailed link to own the address.
	 * @param source the client address, which is known for the address from now on
	 */
	public Mono<Sessions.OpenedSession> signInNewUser(User user, String source) {
		return this.limits.recordProof(user.address(), source).then(this.sessions.open(user.userId()));
	}

	/**
	 * Checks the password of a signed-in caller again, before an action that a stolen
	 * session must not be able to do. Its limit counts only the attempts of this user, so
	 * failed sign-ins of others do not matter.
	 * @return completes, or fails with {@link ProblemCode#INVALID_FIELD} or
	 * {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<Void> confirmPassword(Caller caller, String password) {
		return this.limits.acquireConfirmation(caller.user())
			.then(this.users.find(caller.user()))
			.flatMap((user) -> comparePassword(Optional.of(user), password))
			.switchIfEmpty(Mono.error(() -> DomainException.invalidField("password", DetailMessage.PASSWORD_WRONG)))
			.then(this.limits.resetConfirmation(caller.user()));
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
