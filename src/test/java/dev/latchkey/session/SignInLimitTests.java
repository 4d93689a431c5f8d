package dev.latchkey.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.linktoken.LinkToken;
import dev.latchkey.linktoken.LinkTokens;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits on failed sign-ins and on concurrent password hashing.
 */
@ServiceTest
class SignInLimitTests {

	private static final String WRONG_PASSWORD = "a wrong password";

	/**
	 * Clients with addresses of their own, as the server sees them behind a reverse
	 * proxy. The limits for an address are 2 attempts from one source and 4 from all
	 * unknown ones.
	 */
	@Nested
	class WithSeveralSources {

		private static final TestDatabase database = TestDatabase.create();

		private static Service service;

		private static TestUsers users;

		private Person owner;

		@BeforeAll
		static void start() {
			service = Service.on(database)
				.unset("latchkey.sessions.max-attempts-per-source")
				.set("latchkey.sessions.max-attempts-per-address", "4")
				.set("latchkey.sessions.max-attempts-per-address-and-source", "2")
				.set("server.forward-headers-strategy", "native")
				.start();
			users = new TestUsers(service);
		}

		@AfterAll
		static void stop() {
			service.close();
		}

		@BeforeEach
		void createOwner() {
			this.owner = users.aUser();
		}

		@Test
		void aThousandAttemptsOfAStrangerDoNotStopTheOwner() {
			List<Integer> statuses = IntStream.range(0, 1000)
				.mapToObj((attempt) -> signInFrom("198.18.0.1", this.owner.address(), WRONG_PASSWORD).status())
				.toList();
			assertThat(statuses.subList(0, 2)).containsOnly(401);
			assertThat(statuses.subList(2, 1000)).containsOnly(429);
			assertThat(signInFrom("192.0.2.1", this.owner.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
		}

		@Test
		void anAttackFromManySourcesIsSlowedDownAndDoesNotStopTheOwner() {
			assertThat(signInFrom("192.0.2.2", this.owner.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
			List<Response> answers = attackFromManySources(this.owner.address());
			assertThat(answers).filteredOn((answer) -> answer.status() == 401).hasSize(4);
			assertThat(answers).filteredOn((answer) -> answer.status() != 401)
				.hasSize(56)
				.allSatisfy((answer) -> assertLimited(answer, 225));
			assertThat(signInFrom("192.0.2.2", this.owner.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
			database.update("update address_attempt set counted_at = counted_at - interval '225 seconds'");
			assertThat(attackFromManySources(this.owner.address())).filteredOn((answer) -> answer.status() == 401)
				.hasSize(1);
		}

		@Test
		void thePasswordResetIsAWayInDuringAnAttackFromManySources() {
			attackFromManySources(this.owner.address());
			assertLimited(signInFrom("192.0.2.3", this.owner.address(), TestUsers.PASSWORD), 225);
			assertThat(from("192.0.2.3", "/password-resets", Map.of("email", this.owner.address())).status())
				.isEqualTo(202);
			String password = "three blue badgers";
			assertThat(from("192.0.2.3", "/password-resets/confirmation",
					Map.of("token", resetToken(), "password", password))
				.status()).isEqualTo(204);
			assertThat(signInFrom("192.0.2.3", this.owner.address(), password).status()).isEqualTo(201);
		}

		@Test
		void nothingTellsWhetherAnAddressHasALogin() {
			assertThat(signInFrom("192.0.2.4", this.owner.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
			assertThat(answersToGuesses(this.owner.address(), "203.0.113."))
				.isEqualTo(answersToGuesses(TestUsers.anAddress(), "198.51.100."));
		}

		/**
		 * What a stranger sees: the status, the headers without the times, and the body.
		 */
		private List<String> answersToGuesses(String address, String network) {
			return Stream.of("1", "1", "1", "2", "2", "2", "3", "4")
				.map((host) -> signInFrom(network + host, address, WRONG_PASSWORD))
				.map((answer) -> answer.status() + " " + answer.headers().keySet() + " " + answer.text())
				.toList();
		}

		private List<Response> attackFromManySources(String address) {
			return IntStream.range(0, 60)
				.mapToObj((source) -> signInFrom("198.51.100." + source, address, WRONG_PASSWORD))
				.toList();
		}

		private String resetToken() {
			UUID user = UUID.fromString(this.owner.id());
			Object reset = database.rows("select id from password_reset where user_id = ?", user).get(0).get("id");
			return service.bean(LinkTokens.class)
				.issue(LinkToken.Purpose.PASSWORD_RESET, user, (UUID) Objects.requireNonNull(reset), 1)
				.text();
		}

		private Response signInFrom(String source, String address, String password) {
			return from(source, "/session", Map.of("email", address, "password", password));
		}

		private Response from(String source, String path, Map<String, String> body) {
			return service.anonymous().post(path, body, "X-Forwarded-For", source);
		}

	}

	@Test
	void onlyWrongPasswordsCountTowardsTheLimitPerSource() {
		try (Service service = Service.on(TestDatabase.create())
			.set("latchkey.sessions.max-attempts-per-source", "5")
			.start()) {
			TestUsers users = new TestUsers(service);
			Person person = users.aUser();
			IntStream.range(0, 8).forEach((time) -> users.signIn(person.address()));
			IntStream.range(0, 5)
				.forEach((time) -> assertThat(signIn(service, TestUsers.anAddress(), WRONG_PASSWORD).status())
					.isEqualTo(401));
			assertLimited(signIn(service, TestUsers.anAddress(), WRONG_PASSWORD), 900);
			assertLimited(signIn(service, person.address(), TestUsers.PASSWORD), 900);
			assertThat(person.client().get("/session").status()).isEqualTo(200);
		}
	}

	/**
	 * Hashing has its own threads and a short queue. A sign-in that does not fit in the
	 * queue is refused with the time to wait, and all other requests continue.
	 */
	@Test
	void signInsBeyondTheHashQueueAreRefused() throws InterruptedException {
		try (Service service = Service.on(TestDatabase.create())
			.set("latchkey.users.hash-queue-capacity", "1")
			.start()) {
			Person person = new TestUsers(service).aUser();
			List<Response> answers = concurrently(60, () -> signIn(service, TestUsers.anAddress(), WRONG_PASSWORD));
			assertThat(answers).extracting(Response::status).containsOnly(401, 503);
			assertThat(answers).filteredOn((answer) -> answer.status() == 503).isNotEmpty().allSatisfy((answer) -> {
				assertThat(answer.code()).isEqualTo("unavailable");
				assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
			});
			assertThat(person.client().get("/session").status()).isEqualTo(200);
			assertThat(signIn(service, person.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
		}
	}

	private static List<Response> concurrently(int times, Callable<Response> request) throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(times);
		try {
			return threads.invokeAll(Collections.nCopies(times, request))
				.stream()
				.map(SignInLimitTests::result)
				.toList();
		}
		finally {
			threads.shutdown();
		}
	}

	private static Response result(Future<Response> answer) {
		try {
			return answer.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Response signIn(Service service, String address, String password) {
		return service.anonymous().post("/session", Map.of("email", address, "password", password));
	}

	private static void assertLimited(Response answer, int maxSeconds) {
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.code()).isEqualTo("limit-reached");
		assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, maxSeconds);
	}

}
