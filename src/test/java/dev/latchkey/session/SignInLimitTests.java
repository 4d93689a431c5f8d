package dev.latchkey.session;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Limits on failed sign-ins and on concurrent password hashing.
 */
@ServiceTest
class SignInLimitTests {

	private static final String WRONG_PASSWORD = "a wrong password";

	@Test
	void wrongPasswordsAreLimitedPerKnownOrUnknownAddress() {
		TestDatabase database = TestDatabase.create();
		try (Service service = Service.on(database).set("latchkey.sessions.max-attempts-per-address", "3").start()) {
			TestUsers users = new TestUsers(service);
			Person person = users.aUser();
			for (String address : List.of(person.address(), TestUsers.anAddress())) {
				IntStream.range(0, 3)
					.forEach((attempt) -> assertThat(signIn(service, address, WRONG_PASSWORD).status()).isEqualTo(401));
				assertLimited(signIn(service, address, TestUsers.PASSWORD));
			}
			Person other = users.aUser();
			assertThat(signIn(service, other.address(), WRONG_PASSWORD).status()).isEqualTo(401);
			database.update("update throttle set window_start = now() - interval '16 minutes'");
			assertThat(signIn(service, person.address(), TestUsers.PASSWORD).status()).isEqualTo(201);
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
			assertLimited(signIn(service, TestUsers.anAddress(), WRONG_PASSWORD));
			assertLimited(signIn(service, person.address(), TestUsers.PASSWORD));
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

	private static void assertLimited(Response answer) {
		assertThat(answer.status()).isEqualTo(429);
		assertThat(answer.code()).isEqualTo("limit-reached");
		assertThat(Integer.parseInt(String.valueOf(answer.header("Retry-After")))).isBetween(1, 900);
	}

}
