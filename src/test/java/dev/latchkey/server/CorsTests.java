package dev.latchkey.server;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.ProblemAssertions;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
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
 * Pages of the allowed origins can use the API from a browser with a bearer token but
 * never with the cookie; pages of other origins can not use it at all.
 */
@ServiceTest
class CorsTests {

	private static final String ALLOWED_ORIGIN = "https://console.example.org";

	private static final String EXPOSED = "ETag, Location, Link, Retry-After, Idempotency-Replayed, WWW-Authenticate, "
			+ "Allow, Content-Language, Content-Disposition, Feed-Position";

	static Service service;

	static Person person;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database)
			.set("latchkey.cors.allowed-origins", "HTTPS://Console.Example.org:443,http://localhost:3000")
			.set("latchkey.sessions.max-attempts-per-address-and-source", "2")
			.start();
		person = new TestUsers(service).aUser();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	static Stream<String> otherOrigins() {
		return Stream.of("https://evil.test", "null", "http://console.example.org", ALLOWED_ORIGIN + ":8443",
				"https://console.example.org.evil.test", "https://evil-console.example.org", ALLOWED_ORIGIN + "/", "*",
				"http://localhost:3001", "http://localhost");
	}

	@ParameterizedTest
	@ValueSource(strings = { ALLOWED_ORIGIN, "http://localhost:3000" })
	void aPreflightOfAnAllowedOriginListsMethodsAndHeaders(String origin) {
		Response answer = preflight("/accounts", origin, "POST",
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
	void unusedMethodsAndHeadersAreNotAllowed() {
		for (Response answer : List.of(preflight("/accounts", ALLOWED_ORIGIN, "POST", "x-anything"),
				preflight("/accounts", ALLOWED_ORIGIN, "PATCH", "authorization"))) {
			assertThat(answer.status()).isEqualTo(403);
			ProblemAssertions.assertIsProblem(answer);
			assertThat(answer.header("Access-Control-Allow-Headers")).isNull();
		}
	}

	@Test
	void anAllowedOriginCanReadResponsesAndHeaders() {
		Response made = user().post("/accounts", Map.of("name", "Mine"), "Origin", ALLOWED_ORIGIN, "Sec-Fetch-Site",
				"cross-site");
		assertThat(made.status()).isEqualTo(201);
		assertReadable(made, ALLOWED_ORIGIN);
		assertReadable(user().get("/accounts", "Origin", ALLOWED_ORIGIN), ALLOWED_ORIGIN);
		assertReadable(service.anonymous().get("/permissions", "Origin", ALLOWED_ORIGIN), ALLOWED_ORIGIN);
	}

	/**
	 * A page can read an error response only if it has the CORS headers, so those of all
	 * layers need them.
	 */
	@Test
	void anAllowedOriginCanReadErrorsOfEveryLayer() {
		assertRefusal(401, service.anonymous().get("/accounts", "Origin", ALLOWED_ORIGIN));
		assertRefusal(404, user().get("/nothing", "Origin", ALLOWED_ORIGIN));
		assertRefusal(404, service.anonymous().atRoot().get("/nothing", "Origin", ALLOWED_ORIGIN));
		assertRefusal(405, user().delete("/accounts", "Origin", ALLOWED_ORIGIN));
		assertRefusal(405, user().send("PATCH", "/accounts", null, "Origin", ALLOWED_ORIGIN));
		assertRefusal(406, user().get("/accounts", "Origin", ALLOWED_ORIGIN, "Accept", "text/html"));
		assertRefusal(400, user().get("//accounts", "Origin", ALLOWED_ORIGIN));
		assertRefusal(400, user().get("/accounts?x=1", "Origin", ALLOWED_ORIGIN));
		assertRefusal(413, user().post("/accounts", Map.of("name", "x".repeat(20_000)), "Origin", ALLOWED_ORIGIN));
		assertRefusal(403,
				service.anonymous().post("/accounts", Map.of(), "Origin", ALLOWED_ORIGIN, "Cookie", "latchkey=x"));
		Map<String, Object> wrong = Map.of("email", TestUsers.anAddress(), "password", "not this one");
		assertRefusal(401, service.anonymous().post("/session", wrong, "Origin", ALLOWED_ORIGIN));
		assertRefusal(401, service.anonymous().post("/session", wrong, "Origin", ALLOWED_ORIGIN));
		Response limited = service.anonymous().post("/session", wrong, "Origin", ALLOWED_ORIGIN);
		assertRefusal(429, limited);
		assertThat(limited.header("Retry-After")).isNotNull();
	}

	@ParameterizedTest
	@MethodSource("otherOrigins")
	void otherOriginsGetNoCorsHeaders(String origin) {
		for (Response answer : List.of(user().get("/accounts", "Origin", origin),
				service.anonymous().get("/accounts", "Origin", origin),
				preflight("/accounts", origin, "GET", "authorization"))) {
			assertThat(answer.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
			assertThat(vary(answer)).contains("Origin");
		}
		Response options = preflight("/accounts", origin, "GET", "authorization");
		assertThat(options.status()).isEqualTo(204);
		assertThat(options.header("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
	}

	@Test
	void aResponseToARequestWithoutOriginVariesByItToo() {
		assertThat(vary(service.anonymous().get("/permissions"))).contains("Origin", "Accept-Encoding");
		assertThat(service.anonymous().get("/permissions").headers().keySet())
			.noneMatch((name) -> name.startsWith("access-control-"));
	}

	@Test
	void anonymousWritesAreAllowedFromAllowedOriginsOnly() {
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD);
		for (String site : List.of("cross-site", "same-site")) {
			Response listed = service.anonymous()
				.post("/session", body, "Origin", ALLOWED_ORIGIN, "Sec-Fetch-Site", site);
			assertThat(listed.status()).isEqualTo(201);
			assertReadable(listed, ALLOWED_ORIGIN);
			assertThat(service.anonymous()
				.post("/session", body, "Origin", "https://evil.test", "Sec-Fetch-Site", site)
				.status()).isEqualTo(403);
		}
		assertThat(service.anonymous()
			.post("/users", Map.of("email", TestUsers.anAddress()), "Origin", ALLOWED_ORIGIN)
			.status()).isEqualTo(202);
	}

	/**
	 * The cookie is for the pages of this service only.
	 */
	@Test
	void theCookieIsRefusedFromAllowedOriginsToo() {
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true);
		String cookie = String.valueOf(service.anonymous().post("/session", body).header("Set-Cookie"))
			.replaceAll(";.*", "");
		for (String[] headers : List.of(new String[] { "Origin", ALLOWED_ORIGIN },
				new String[] { "Origin", ALLOWED_ORIGIN, "Sec-Fetch-Site", "cross-site" },
				new String[] { "Origin", ALLOWED_ORIGIN, "Sec-Fetch-Site", "same-site" })) {
			String[] all = Stream.concat(Stream.of("Cookie", cookie), Arrays.stream(headers)).toArray(String[]::new);
			Response refused = service.anonymous().post("/accounts", Map.of("name", "Stolen"), all);
			assertThat(refused.code()).isEqualTo("cross-site-request");
			assertRefusal(403, refused);
		}
		assertThat(service.anonymous()
			.post("/accounts", Map.of("name", "Mine"), "Cookie", cookie, "Origin", service.url())
			.status()).isEqualTo(201);
		Response read = service.anonymous().get("/accounts", "Cookie", cookie, "Origin", ALLOWED_ORIGIN);
		assertThat(read.header("Access-Control-Allow-Credentials")).isNull();
	}

	private static Client user() {
		return service.anonymous().with(person.client().token());
	}

	private static Response preflight(String path, String origin, String method, String headers) {
		return service.anonymous()
			.send("OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", method,
					"Access-Control-Request-Headers", headers);
	}

	private static void assertRefusal(int status, Response answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(status);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertReadable(answer, ALLOWED_ORIGIN);
	}

	private static void assertReadable(Response answer, String origin) {
		assertThat(answer.header("Access-Control-Allow-Origin")).as("%s", answer).isEqualTo(origin);
		assertThat(answer.header("Access-Control-Expose-Headers")).isEqualTo(EXPOSED);
		assertThat(answer.header("Access-Control-Allow-Credentials")).isNull();
		assertThat(vary(answer)).contains("Origin");
	}

	private static List<String> vary(Response answer) {
		return answer.headers()
			.getOrDefault("vary", List.of())
			.stream()
			.flatMap((value) -> Arrays.stream(value.split(", ", -1)))
			.toList();
	}

}
