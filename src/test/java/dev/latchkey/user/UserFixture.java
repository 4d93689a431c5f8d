package dev.latchkey.user;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.mail.RecordingOutbox;
import dev.latchkey.observability.LimitCounter;
import dev.latchkey.ratelimit.InMemoryAddressRateLimiter;
import dev.latchkey.ratelimit.InMemoryRateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.ImmediateTransactions;
import dev.latchkey.testing.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import reactor.core.scheduler.Schedulers;

/**
 * The services of users and sign-up, over stores in memory.
 */
public final class UserFixture {

	public static final String PASSWORD = "seven purple otters";

	public static final UserProperties PROPERTIES = new UserProperties(Duration.ofHours(24), 5, 3, 8, 100);

	private final MovableClock clock = new MovableClock();

	private final RecordingOutbox outbox = new RecordingOutbox();

	private final InMemoryRateLimiter rateLimiter = new InMemoryRateLimiter(this.clock);

	private final InMemoryAddressRateLimiter addressRateLimiter = new InMemoryAddressRateLimiter(this.clock);

	private final CountingPasswordEncoder encoder = new CountingPasswordEncoder();

	private final InMemoryUserStore userStore = new InMemoryUserStore();

	private final InMemorySignUpStore signUpStore = new InMemorySignUpStore(this.clock,
			PROPERTIES.verificationValidity());

	private final LinkTokens tokens = new LinkTokens(List.of(LinkTokens.Key.of(1, new byte[32])));

	private final Users users = new Users(this.userStore, UUID::randomUUID);

	private final Passwords passwords = passwords(this.encoder);

	public MovableClock clock() {
		return this.clock;
	}

	public RecordingOutbox outbox() {
		return this.outbox;
	}

	public InMemoryRateLimiter rateLimiter() {
		return this.rateLimiter;
	}

	public InMemoryAddressRateLimiter addressRateLimiter() {
		return this.addressRateLimiter;
	}

	public CountingPasswordEncoder encoder() {
		return this.encoder;
	}

	public LinkTokens tokens() {
		return this.tokens;
	}

	public Users users() {
		return this.users;
	}

	public Passwords passwords() {
		return this.passwords;
	}

	public SignUpRequests signUpRequests() {
		return new SignUpRequests(this.signUpStore, this.outbox, new ImmediateTransactions(), signUpLimits(),
				UUID::randomUUID);
	}

	public SignUpConfirmation signUpConfirmation() {
		return new SignUpConfirmation(this.signUpStore, this.tokens, this.users, this.passwords,
				new ImmediateTransactions(), signUpLimits());
	}

	private SignUpLimits signUpLimits() {
		return new SignUpLimits(this.rateLimiter, this.addressRateLimiter, PROPERTIES);
	}

	/**
	 * Registers a user with {@link #PASSWORD}.
	 */
	public User aUser(String address) {
		return Objects.requireNonNull(this.users
			.register(EmailAddress.of(address), "Ann Carter", this.encoder.encode(PASSWORD), Locale.ENGLISH)
			.block());
	}

	/**
	 * Requests a sign-up and returns the token of its mail.
	 */
	public String signUpToken(String address) {
		signUpRequests().request(EmailAddress.of(address), Locale.GERMAN, "192.0.2.1").block();
		return tokenOfLastMail();
	}

	/**
	 * The token of the last mail, which must be the mail of a sign-up.
	 */
	public String tokenOfLastMail() {
		RecordingOutbox.Mail mail = this.outbox.mails().get(this.outbox.mails().size() - 1);
		return this.tokens.issue(LinkToken.Purpose.VERIFICATION, mail.shard(), mail.subject(), mail.version()).text();
	}

	public int userCount() {
		return this.userStore.size();
	}

	InMemorySignUpStore signUpStore() {
		return this.signUpStore;
	}

	static Passwords passwords(CountingPasswordEncoder encoder) {
		HashingExecutor executor = new HashingExecutor(Schedulers.immediate(), ObservationRegistry.NOOP,
				new LimitCounter(new SimpleMeterRegistry()));
		return new Passwords(encoder, new CommonPasswords(), executor);
	}

}
