package dev.latchkey.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.MailServer;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sign-up, sign-in, sign-out and password reset.
 */
@ServiceTest
class SessionTests {

	private static final String NEW_PASSWORD = "nine green herons";

	static MailServer mail;

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	@BeforeAll
	static void start() {
		mail = MailServer.start();
		database = TestDatabase.create();
		service = Service.on(database)
			.mailingTo(mail)
			.set("latchkey.sessions.max-attempts-per-address", "1000")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "1000")
			.start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
		mail.close();
	}

	private static Response signUp(String address) {
		return service.anonymous().post("/users", Map.of("email", address));
	}

	private static Response verify(String token, String name, String password) {
		return service.anonymous()
			.post("/users/verification", Map.of("token", token, "name", name, "password", password));
	}

	private static Response signIn(String address, String password) {
		return service.anonymous().post("/session", Map.of("email", address, "password", password));
	}

	private static Response requestReset(String address) {
		return service.anonymous().post("/password-resets", Map.of("email", address));
	}

	private static Response reset(String token, String password) {
		return service.anonymous().post("/password-resets/confirmation", Map.of("token", token, "password", password));
	}

	private static Response session(Client client) {
		return client.get("/session");
	}

	@Nested
	class SignUp {

		@Test
		void onlyTheMailedLinkCreatesALogin() {
			String address = TestUsers.anAddress();
			assertThat(signUp(address).status()).isEqualTo(202);
			assertThat(database.number("select count(*) from users where email = ?", address)).isZero();
			Response verified = verify(mail.awaitMail(address).token(), "Ada Lovelace", TestUsers.PASSWORD);
			assertThat(verified.status()).as(verified.text()).isEqualTo(201);
			Response signedIn = signIn(address.toUpperCase(Locale.ROOT), TestUsers.PASSWORD);
			assertThat(signedIn.status()).isEqualTo(201);
			Response me = session(service.anonymous().with(signedIn.at("token")));
			assertThat(me.json().path("user").path("name").asString()).isEqualTo("Ada Lovelace");
			assertThat(me.json().path("user").path("email").asString()).isEqualTo(address);
			assertThat(me.json().path("token").isNull()).isTrue();
		}

		@Test
		void linkWorksOnce() {
			String address = TestUsers.anAddress();
			signUp(address);
			String token = mail.awaitMail(address).token();
			assertThat(verify(token, "Ada", TestUsers.PASSWORD).status()).isEqualTo(201);
			Response again = verify(token, "Eve", NEW_PASSWORD);
			assertThat(again.status()).isEqualTo(410);
			assertThat(again.code()).isEqualTo("used");
			assertThat(signIn(address, NEW_PASSWORD).status()).isEqualTo(401);
		}

		@Test
		void linkExpires() {
			String address = TestUsers.anAddress();
			signUp(address);
			String token = mail.awaitMail(address).token();
			database.update("update sign_up set expires_at = now() where canonical_email = ?", address);
			assertThat(verify(token, "Ada", TestUsers.PASSWORD).code()).isEqualTo("expired");
			assertThat(signIn(address, TestUsers.PASSWORD).status()).isEqualTo(401);
		}

		/**
		 * The second of two links to the same mailbox does not change the login that the
		 * first one created.
		 */
		@Test
		void secondLinkDoesNotChangeTheLogin() {
			String address = TestUsers.anAddress();
			signUp(address);
			signUp(address);
			String first = mail.awaitMail(address, 1).token();
			String second = mail.awaitMail(address, 2).token();
			assertThat(verify(first, "Ada", TestUsers.PASSWORD).status()).isEqualTo(201);
			assertThat(verify(second, "Eve", NEW_PASSWORD).code()).isEqualTo("login-exists");
			assertThat(signIn(address, TestUsers.PASSWORD).status()).isEqualTo(201);
		}

		@Test
		void signUpOfAnExistingUserSendsAReminder() {
			Person known = users.aUser();
			Response answer = signUp(known.address());
			assertThat(answer.status()).isEqualTo(202);
			assertThat(mail.awaitMail(known.address()).subject()).isEqualTo("You already have a login");
			assertThat(mail.awaitMail(known.address()).text()).doesNotContain("#");
		}

		@ParameterizedTest
		@ValueSource(strings = { "short 7", "password", "Password1", "qwertyuiop", "12345678", "iloveyou!" })
		void weakPasswordIsRefusedAndTheLinkStaysValid(String weak) {
			String address = TestUsers.anAddress();
			signUp(address);
			String token = mail.awaitMail(address).token();
			Response refused = verify(token, "Ada", weak);
			assertThat(refused.status()).isEqualTo(422);
			assertThat(refused.code()).isEqualTo("weak-password");
			assertThat(verify(token, "Ada", TestUsers.PASSWORD).status()).isEqualTo(201);
		}

		@ParameterizedTest
		@ValueSource(ints = { 8, 64, 128 })
		void longPasswordWithAnyCharactersIsAccepted(int length) {
			String address = TestUsers.anAddress();
			signUp(address);
			String password = "\ud83e\udda6 \u00e9\u4f8b x;'\\ qz".repeat(12).substring(0, length + 1).strip();
			password = password.codePoints()
				.limit(length)
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
				.toString();
			assertThat(verify(mail.awaitMail(address).token(), "Ada", password).status()).isEqualTo(201);
			assertThat(signIn(address, password).status()).isEqualTo(201);
			assertThat(signIn(address, password.substring(2)).status()).isEqualTo(401);
		}

		@Test
		void addressIsRefusedAsPassword() {
			String address = TestUsers.anAddress();
			signUp(address);
			assertThat(verify(mail.awaitMail(address).token(), "Ada", address).code()).isEqualTo("weak-password");
		}

	}

	@Nested
	class SignInAndSignOut {

		@Test
		void eachSignInOpensASessionAndSignOutEndsOnlyThatSession() {
			Person one = users.aUser();
			Person other = users.signIn(one.address());
			assertThat(one.client().token()).isNotEqualTo(other.client().token());
			assertThat(session(one.client()).status()).isEqualTo(200);
			assertThat(one.client().delete("/session").status()).isEqualTo(204);
			assertThat(session(one.client()).status()).isEqualTo(401);
			assertThat(session(other.client()).status()).isEqualTo(200);
		}

		@Test
		void cookieSessionHasNoTokenInTheResponse() {
			Person person = users.aUser();
			Response answer = service.anonymous()
				.post("/session", Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true));
			assertThat(answer.status()).isEqualTo(201);
			assertThat(answer.json().path("token").isNull()).isTrue();
			String cookie = String.valueOf(answer.header("Set-Cookie")).replaceAll(";.*", "");
			assertThat(session(service.anonymous()).status()).isEqualTo(401);
			assertThat(service.anonymous().get("/session", "Cookie", cookie).status()).isEqualTo(200);
			Response out = service.anonymous().delete("/session", "Cookie", cookie, "Origin", service.url());
			assertThat(out.status()).isEqualTo(204);
			assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
			assertThat(service.anonymous().get("/session", "Cookie", cookie).status()).isEqualTo(401);
		}

		@Test
		void unusedSessionExpires() {
			Person person = users.aUser();
			database.update("update session set idle_until = now() where user_id = ?::uuid", person.id());
			assertThat(session(person.client()).status()).isEqualTo(401);
		}

		@Test
		void useExtendsTheIdleTimeoutUpToTheAbsoluteTimeout() {
			Person person = users.aUser();
			database.update("""
					update session set idle_until = now() + interval '1 minute', expires_at = now() + interval '1 hour'
					 where user_id = ?::uuid
					""", person.id());
			assertThat(session(person.client()).status()).isEqualTo(200);
			assertThat(database.number("""
					select count(*) from session where user_id = ?::uuid and idle_until = expires_at
					""", person.id())).isEqualTo(1);
		}

		@Test
		void sessionEndsAfterTheAbsoluteTimeout() {
			Person person = users.aUser();
			database.update("update session set expires_at = now() where user_id = ?::uuid", person.id());
			assertThat(session(person.client()).status()).isEqualTo(401);
		}

		/**
		 * A replica caches a session for at most one second.
		 */
		@Test
		void sessionInUseEndsWithinASecondAfterItExpires() {
			Person person = users.aUser();
			assertThat(session(person.client()).status()).isEqualTo(200);
			database.update("update session set expires_at = now() where user_id = ?::uuid", person.id());
			await().atMost(Duration.ofMillis(1500)).until(() -> session(person.client()).status() == 401);
		}

	}

	@Nested
	class PasswordReset {

		@Test
		void resetEndsAllSessionsAndInvalidatesAllLinks() {
			Person person = users.aUser();
			Person elsewhere = users.signIn(person.address());
			assertThat(session(elsewhere.client()).status()).isEqualTo(200);
			requestReset(person.address());
			requestReset(person.address());
			String first = mail.awaitMail(person.address(), 1).token();
			String second = mail.awaitMail(person.address(), 2).token();
			assertThat(reset(second, NEW_PASSWORD).status()).isEqualTo(204);
			assertThat(session(person.client()).status()).isEqualTo(401);
			assertThat(session(elsewhere.client()).status()).isEqualTo(401);
			assertThat(reset(first, "ten blue whales").code()).isEqualTo("used");
			assertThat(reset(second, "ten blue whales").code()).isEqualTo("used");
			assertThat(signIn(person.address(), TestUsers.PASSWORD).status()).isEqualTo(401);
			assertThat(signIn(person.address(), NEW_PASSWORD).status()).isEqualTo(201);
		}

		@Test
		void linkExpires() {
			Person person = users.aUser();
			requestReset(person.address());
			String token = mail.awaitMail(person.address()).token();
			database.update("update password_reset set expires_at = now() where user_id = ?::uuid", person.id());
			assertThat(reset(token, NEW_PASSWORD).code()).isEqualTo("expired");
			assertThat(session(person.client()).status()).isEqualTo(200);
		}

		@Test
		void weakPasswordIsRefusedAndTheLinkStaysValid() {
			Person person = users.aUser();
			requestReset(person.address());
			String token = mail.awaitMail(person.address()).token();
			assertThat(reset(token, "password").code()).isEqualTo("weak-password");
			assertThat(reset(token, NEW_PASSWORD).status()).isEqualTo(204);
		}

		/**
		 * Exactly one of many concurrent requests with the same link sets the password.
		 */
		@Test
		void linkWorksOnceForConcurrentRequests() {
			Person person = users.aUser();
			requestReset(person.address());
			String token = mail.awaitMail(person.address()).token();
			List<Integer> statuses = IntStream.range(0, 8)
				.parallel()
				.mapToObj((number) -> reset(token, "the password number " + number).status())
				.toList();
			assertThat(statuses).containsOnlyOnce(204).filteredOn((status) -> status != 204).containsOnly(410);
		}

	}

	/**
	 * No response reveals whether an address has a login.
	 */
	@Nested
	class Enumeration {

		@Test
		void responsesAreTheSameForKnownAndUnknownAddresses() {
			Person known = users.aUser();
			assertThat(comparable(signIn(known.address(), "wrong password")))
				.isEqualTo(comparable(signIn(TestUsers.anAddress(), "wrong password")));
			assertThat(comparable(signUp(known.address()))).isEqualTo(comparable(signUp(TestUsers.anAddress())));
			assertThat(comparable(requestReset(known.address())))
				.isEqualTo(comparable(requestReset(TestUsers.anAddress())));
		}

		@Test
		void signInTakesTheSameTimeForKnownAndUnknownAddresses() {
			Person known = TestUsers.withHashesOfTheApplication(service).aUser();
			assertSameTime(40, () -> signIn(known.address(), "wrong password"),
					() -> signIn(TestUsers.anAddress(), "wrong password"), 1.5);
		}

		private static List<Object> comparable(Response answer) {
			Map<String, List<String>> headers = new TreeMap<>(answer.headers());
			headers.remove("date");
			return List.of(answer.status(), headers, answer.text());
		}

		private static void assertSameTime(int rounds, Runnable one, Runnable other, double factor) {
			List<Long> first = new ArrayList<>();
			List<Long> second = new ArrayList<>();
			for (int round = 0; round < rounds; round++) {
				first.add(measureMicros(one));
				second.add(measureMicros(other));
			}
			double ratio = (double) median(first) / median(second);
			assertThat(ratio).isBetween(1 / factor, factor);
		}

		private static long measureMicros(Runnable action) {
			long start = System.nanoTime();
			action.run();
			return (System.nanoTime() - start) / 1000;
		}

		private static long median(List<Long> values) {
			return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
		}

	}

}
