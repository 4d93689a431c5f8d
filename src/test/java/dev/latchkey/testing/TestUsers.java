package dev.latchkey.testing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;

import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Creates users directly in the service, and accounts over the API.
 */
public final class TestUsers {

	/** The password of all test users. */
	public static final String PASSWORD = "seven purple otters";

	/**
	 * Hashes with the application's algorithm and little work. The application's own
	 * encoder takes at least 75 ms of a processor for each sign-up and sign-in.
	 */
	static final PasswordEncoder QUICK_ENCODER = new Argon2PasswordEncoder(16, 32, 1, 64, 1);

	private static final String QUICK_HASH = Objects.requireNonNull(QUICK_ENCODER.encode(PASSWORD));

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final Service service;

	private final String passwordHash;

	public TestUsers(Service service) {
		this(service, QUICK_HASH);
	}

	private TestUsers(Service service, String passwordHash) {
		this.service = service;
		this.passwordHash = passwordHash;
	}

	/**
	 * Users whose sign-in takes as long as that of real users, for tests that measure it.
	 */
	public static TestUsers withHashesOfTheApplication(Service service) {
		return new TestUsers(service, Objects.requireNonNull(service.bean(Passwords.class).hash(PASSWORD).block()));
	}

	/**
	 * Returns a new address that no user or invitation has.
	 */
	public static String anAddress() {
		return "person" + COUNT.incrementAndGet() + "@example.test";
	}

	/**
	 * Creates a user and signs in.
	 */
	public Person aUser() {
		return aUser(anAddress());
	}

	/**
	 * Creates a user with this address and signs in.
	 */
	public Person aUser(String address) {
		return aUser(address, "Name of " + address);
	}

	/**
	 * Creates a user with this address and name and signs in.
	 */
	public Person aUser(String address, String name) {
		this.service.bean(Users.class)
			.register(EmailAddress.of(address), name, this.passwordHash, Locale.ENGLISH)
			.block();
		return signIn(address);
	}

	/**
	 * Signs in with {@link #PASSWORD}.
	 */
	public Person signIn(String address) {
		Response answer = this.service.anonymous().post("/session", Map.of("email", address, "password", PASSWORD));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return new Person(answer.json().path("user").path("id").asString(), address,
				this.service.anonymous().with(answer.at("token")));
	}

	/**
	 * Creates a user with a new account.
	 */
	public Owner anOwner() {
		Person person = aUser();
		return anOwner(person, "Account of " + person.address());
	}

	/**
	 * Creates a new account for a user.
	 * @param account the name of the account
	 */
	public Owner anOwner(Person person, String account) {
		Response answer = person.client().post("/accounts", Map.of("name", account));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return new Owner(person, answer.at("id"));
	}

	/**
	 * A signed-in user.
	 */
	public record Person(String id, String address, Client client) {

	}

	/**
	 * A signed-in user with an account.
	 *
	 * @param account the id of the account
	 */
	public record Owner(Person person, String account) {

		public Client client() {
			return this.person.client();
		}

		/**
		 * The path of the account, below {@code /api/v1}, with a suffix.
		 */
		public String path(String suffix) {
			return "/accounts/" + this.account + suffix;
		}

		/**
		 * Waits until the mail of an invitation is recorded as sent.
		 */
		public void awaitSent(String invitation) {
			await().pollInterval(Duration.ofMillis(20))
				.until(() -> client().get(path("/invitations/" + invitation)).json().at("/delivery/status").asString(),
						"sent"::equals);
		}

		/**
		 * Invites an address.
		 */
		public Response invite(String address, String... permissions) {
			return client().post(path("/invitations"), Map.of("email", address, "permissions", List.of(permissions)));
		}

	}

}
