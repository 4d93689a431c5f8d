package dev.latchkey.testing;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.user.Passwords;
import dev.latchkey.user.Users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Makes the people and accounts that a test needs, by the shortest honest way.
 */
public final class TestUsers {

	/** The password of all of them. */
	public static final String PASSWORD = "seven purple otters";

	private static final AtomicInteger COUNT = new AtomicInteger();

	private final Service service;

	private final String hash;

	public TestUsers(Service service) {
		this.service = service;
		this.hash = Objects.requireNonNull(service.bean(Passwords.class).hash(PASSWORD).block());
	}

	/**
	 * An address that nobody has yet.
	 */
	public static String anAddress() {
		return "person" + COUNT.incrementAndGet() + "@example.test";
	}

	/**
	 * A user with a login, signed in.
	 */
	public Person aUser() {
		return aUser(anAddress());
	}

	public Person aUser(String address) {
		return aUser(address, "Name of " + address);
	}

	/**
	 * A user whose name is worth reading.
	 */
	public Person aUser(String address, String name) {
		this.service.bean(Users.class).register(EmailAddress.of(address), name, this.hash, Locale.ENGLISH).block();
		return signIn(address);
	}

	/**
	 * Signs in with the password of all.
	 */
	public Person signIn(String address) {
		Answer answer = this.service.anonymous().post("/session", Map.of("email", address, "password", PASSWORD));
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return new Person(answer.json().path("user").path("id").asString(), address,
				this.service.anonymous().with(answer.at("token")));
	}

	/**
	 * A user who owns a new account.
	 */
	public Owner anOwner() {
		Person person = aUser();
		return anOwner(person, "Account of " + person.address());
	}

	/**
	 * The owner of one more account.
	 */
	public Owner anOwner(Person person, String account) {
		Answer answer = person.client().post("/accounts", Map.of("name", account));
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
	 */
	public record Owner(Person person, String account) {

		public Client client() {
			return this.person.client();
		}

		public String path(String rest) {
			return "/accounts/" + this.account + rest;
		}

		/**
		 * Waits until the mail of an invitation has gone and the log has it.
		 */
		public void awaitSent(String invitation) {
			await().pollInterval(Duration.ofMillis(20))
				.until(() -> client().get(path("/invitations/" + invitation)).json().at("/delivery/status").asString(),
						"sent"::equals);
		}

		/**
		 * Invites an address.
		 */
		public Answer invite(String address, String... permissions) {
			return client().post(path("/invitations"), Map.of("email", address, "permissions", List.of(permissions)));
		}

	}

}
