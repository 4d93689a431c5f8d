package dev.latchkey.server;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Person;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of listed origins use the API from a browser with a bearer token, those of all
 * others not at all, and neither with the cookie.
 */
class CorsTests {

	private static final String LISTED = "https://console.example.org";

	private static final String EXPOSED = "ETag, Location, Link, Retry-After, Idempotency-Replayed, WWW-Authenticate, "
			+ "Allow, Content-Language, Content-Disposition, Feed-Position";

	static Service service;

	static Person person;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.cors.allowed-origins", "HTTPS://Console.Example.org:443,http://localhost:3000")
			.set("latchkey.sessions.max-attempts-per-address", "2")
			.start();
		person = new TestUsers(service).aUser();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<String> foreign() {
		return Stream.of("https://evil.test", "null", "http://console.example.org", LISTED + ":8443",
				"https://console.example.org.evil.test", "https://evil-console.example.org", LISTED + "/", "*",
				"http://localhost:3001", "http://localhost");
	}

	@ParameterizedTest
	@ValueSource(strings = { LISTED, "http://localhost:3000" })
	void aListedOriginIsToldWhatItMaySend(String origin) {
		Answer answer = preflight("/accounts", origin, "POST",
				"authorization,content-type,idempotency-key,if-match,last-event-id,accept-language");
		assertThat(answer.status()).isEqualTo(204);
		assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
		assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET,HEAD,POST,PUT,DELETE");
		assertThat(String.valueOf(answer.header("Access-Control-Allow-Headers")).split(", ", -1)).hasSize(6);
		assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("3600");
		assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
		assertThat(vary(answer)).contains("Origin");
	}

	@Test
	void aHeaderOrAMethodThatNothingTakesIsNotAllowed() {
		for (Answer answer : List.of(preflight("/accounts", LISTED, "POST", "x-anything"),
				preflight("/accounts", LISTED, "PATCH", "authorization"))) {
			assertThat(answer.status()).isEqualTo(403);
			ProblemAssertions.assertIsProblem(answer);
			assertThat(answer.header("Access-Control-Allow-Headers")).isNull();
		}
	}

	@Test
	void aListedOriginReadsAnswersAndWhatTheirHeadersSay() {
		Answer made = user().post("/accounts", Map.of("name", "Mine"), "Origin", LISTED, "Sec-Fetch-Site",
				"cross-site");
		assertThat(made.status()).isEqualTo(201);
		assertReadable(made, LISTED);
		assertReadable(user().get("/accounts", "Origin", LISTED), LISTED);
		assertReadable(service.anonymous().get("/permissions", "Origin", LISTED), LISTED);
	}

	/**
	 * A browser shows a page no refusal that lacks the headers, from whichever layer it
	 * comes.
	 */
	@Test
	void aListedOriginReadsRefusalsOfEveryLayer() {
		assertRefusal(401, service.anonymous().get("/accounts", "Origin", LISTED));
		assertRefusal(404, user().get("/nothing", "Origin", LISTED));
		assertRefusal(404, service.anonymous().atRoot().get("/nothing", "Origin", LISTED));
		assertRefusal(405, user().delete("/accounts", "Origin", LISTED));
		assertRefusal(405, user().send("PATCH", "/accounts", null, "Origin", LISTED));
		assertRefusal(406, user().get("/accounts", "Origin", LISTED, "Accept", "text/html"));
		assertRefusal(400, user().get("//accounts", "Origin", LISTED));
		assertRefusal(400, user().get("/accounts?x=1", "Origin", LISTED));
		assertRefusal(413, user().post("/accounts", Map.of("name", "x".repeat(20_000)), "Origin", LISTED));
		assertRefusal(403, service.anonymous().post("/accounts", Map.of(), "Origin", LISTED, "Cookie", "latchkey=x"));
		Map<String, Object> wrong = Map.of("email", TestUsers.anAddress(), "password", "not this one");
		assertRefusal(401, service.anonymous().post("/session", wrong, "Origin", LISTED));
		assertRefusal(401, service.anonymous().post("/session", wrong, "Origin", LISTED));
		Answer limited = service.anonymous().post("/session", wrong, "Origin", LISTED);
		assertRefusal(429, limited);
		assertThat(limited.header("Retry-After")).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("foreign")
	void otherOriginsGetNoSuchHeaderAndThePreflightIsPlainOptions(String origin) {
		for (Answer answer : List.of(user().get("/accounts", "Origin", origin),
				service.anonymous().get("/accounts", "Origin", origin),
				preflight("/accounts", origin, "GET", "authorization"))) {
			assertThat(answer.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
			assertThat(vary(answer)).contains("Origin");
		}
		Answer options = preflight("/accounts", origin, "GET", "authorization");
		assertThat(options.status()).isEqualTo(204);
		assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
	}

	@Test
	void anAnswerWithoutAnOriginVariesByItToo() {
		assertThat(vary(service.anonymous().get("/permissions"))).contains("Origin", "Accept-Encoding");
		assertThat(service.anonymous().get("/permissions").headers().keySet())
			.noneMatch((name) -> name.startsWith("access-control-"));
	}

	@Test
	void whoIsNotSignedInWritesToOpenDoorsFromAListedOriginOnly() {
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD);
		for (String site : List.of("cross-site", "same-site")) {
			Answer listed = service.anonymous().post("/session", body, "Origin", LISTED, "Sec-Fetch-Site", site);
			assertThat(listed.status()).isEqualTo(201);
			assertReadable(listed, LISTED);
			assertThat(service.anonymous()
				.post("/session", body, "Origin", "https://evil.test", "Sec-Fetch-Site", site)
				.status()).isEqualTo(403);
		}
		assertThat(
				service.anonymous().post("/users", Map.of("email", TestUsers.anAddress()), "Origin", LISTED).status())
			.isEqualTo(202);
	}

	/**
	 * The cookie is for our own pages.
	 */
	@Test
	void theCookieWritesFromNoOtherOriginThoughItBeListed() {
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true);
		String cookie = String.valueOf(service.anonymous().post("/session", body).header("Set-Cookie"))
			.replaceAll(";.*", "");
		for (String[] headers : List.of(new String[] { "Origin", LISTED },
				new String[] { "Origin", LISTED, "Sec-Fetch-Site", "cross-site" },
				new String[] { "Origin", LISTED, "Sec-Fetch-Site", "same-site" })) {
			String[] all = Stream.concat(Stream.of("Cookie", cookie), Arrays.stream(headers)).toArray(String[]::new);
			Answer refused = service.anonymous().post("/accounts", Map.of("name", "Stolen"), all);
			assertThat(refused.code()).isEqualTo("cross-site-request");
			assertRefusal(403, refused);
		}
		assertThat(service.anonymous()
			.post("/accounts", Map.of("name", "Mine"), "Cookie", cookie, "Origin", service.url())
			.status()).isEqualTo(201);
		Answer read = service.anonymous().get("/accounts", "Cookie", cookie, "Origin", LISTED);
		assertThat(read.header("Access-Control-Allow-Credentials")).isNull();
	}

	private static Client user() {
		return service.anonymous().with(person.client().token());
	}

	private static Answer preflight(String path, String origin, String method, String headers) {
		return service.anonymous()
			.send("OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", method,
					"Access-Control-Request-Headers", headers);
	}

	private static void assertRefusal(int status, Answer answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertReadable(answer, LISTED);
	}

	private static void assertReadable(Answer answer, String origin) {
		assertThat(answer.header("Access-Control-Allow-Origin")).as("%s", answer).isEqualTo(origin);
		assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo(EXPOSED);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
		assertThat(vary(answer)).contains("Origin");
	}

	private static List<String> vary(Answer answer) {
		return answer.headers()
			.getOrDefault("vary", List.of())
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(", ", -1)))
			.toList();
	}

}
