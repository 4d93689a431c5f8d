package dev.latchkey.session;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.mail.RecordingOutbox;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.ImmediateTransactions;
import dev.latchkey.testing.MovableClock;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;

/**
 * The services of sessions and password resets, over stores in memory.
 */
public final class SessionFixture {

	public static final SessionProperties PROPERTIES = properties(Duration.ZERO);

	private final UserFixture users = new UserFixture();

	private final SessionProperties properties;

	private final InMemorySessionStore store;

	private final InMemoryPasswordResetStore resets;

	private final SessionEndings endings;

	private final Sessions sessions;

	/**
	 * Creates services that cache no session.
	 */
	public SessionFixture() {
		this(PROPERTIES);
	}

	SessionFixture(SessionProperties properties) {
		this.properties = properties;
		this.store = new InMemorySessionStore(this.users.users(), properties, this.users.clock());
		this.resets = new InMemoryPasswordResetStore(this.users.clock(), properties.passwordResetValidity());
		this.endings = new SessionEndings(this.store);
		this.sessions = new Sessions(this.store, this.endings, UUID::randomUUID, properties);
	}

	/**
	 * The default settings, except for lower limits.
	 */
	static SessionProperties properties(Duration cacheDuration) {
		return new SessionProperties(Duration.ofHours(12), Duration.ofDays(7), cacheDuration, Duration.ofSeconds(1), 6,
				3, 5, Duration.ofMinutes(15), Duration.ofHours(1), 4, 2);
	}

	public UserFixture users() {
		return this.users;
	}

	public MovableClock clock() {
		return this.users.clock();
	}

	public Sessions sessions() {
		return this.sessions;
	}

	public SessionEndings endings() {
		return this.endings;
	}

	public SignIn signIn() {
		return new SignIn(this.users.users(), this.users.passwords(), this.sessions, signInLimits());
	}

	public PasswordResetRequests passwordResetRequests() {
		return new PasswordResetRequests(this.resets, this.users.users(), this.users.outbox(),
				new ImmediateTransactions(),
				new PasswordResetLimits(this.users.rateLimiter(), this.users.addressRateLimiter(), this.properties),
				UUID::randomUUID);
	}

	public PasswordResetConfirmation passwordResetConfirmation() {
		return new PasswordResetConfirmation(this.resets, this.users.tokens(), this.users.users(),
				this.users.passwords(), this.sessions, new ImmediateTransactions(), signInLimits());
	}

	/**
	 * Opens a session.
	 */
	public SessionToken tokenOf(User user) {
		return Objects.requireNonNull(this.sessions.open(user.userId()).block()).token();
	}

	/**
	 * The caller of an open session.
	 */
	public Caller callerOf(SessionToken token) {
		return Objects.requireNonNull(this.sessions.find(token).block());
	}

	/**
	 * Requests a password reset and returns the token of its mail.
	 */
	public String resetToken(String address) {
		passwordResetRequests().request(EmailAddress.of(address), "192.0.2.1").block();
		RecordingOutbox.Mail mail = this.users.outbox().mails().get(this.users.outbox().mails().size() - 1);
		return this.users.tokens()
			.issue(LinkToken.Purpose.PASSWORD_RESET, mail.shard(), mail.subject(), mail.version())
			.text();
	}

	private SignInLimits signInLimits() {
		return new SignInLimits(this.users.rateLimiter(), this.users.addressRateLimiter(), this.properties);
	}

	InMemorySessionStore store() {
		return this.store;
	}

	InMemoryPasswordResetStore resets() {
		return this.resets;
	}

}
