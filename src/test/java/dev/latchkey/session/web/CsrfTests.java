package dev.latchkey.session.web;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
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
 * Protection of browser sessions: the cookie, the CSRF check, and the security headers of
 * every response.
 */
@ServiceTest
class CsrfTests {

	private static final String PORTAL = "https://portal.example.test";

	static Service plain;

	static Service secure;

	static Person person;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		plain = Service.on(database).start();
		secure = Service.on(database).set("latchkey.base-url", PORTAL).start();
		person = new TestUsers(plain).aUser();
	}

	@AfterAll
	static void stop() {
		plain.close();
		secure.close();
	}

	static List<Service> both() {
		return List.of(plain, secure);
	}

	static Stream<List<String>> crossSiteHeaders() {
		return Stream.of(List.of("Origin", "https://evil.test"), List.of("Origin", "null"),
				List.of("Origin", PORTAL + ".evil.test"), List.of("Origin", PORTAL + ":8443"),
				List.of("Origin", "http://portal.example.test"), List.of("Sec-Fetch-Site", "cross-site"),
				List.of("Sec-Fetch-Site", "same-site"), List.of("Sec-Fetch-Site", "x"),
				List.of("Sec-Fetch-Site", "cross-site", "Origin", PORTAL), List.of());
	}

	@Test
	void cookieIsBoundToTheHostAndToTlsWithHttps() {
		String cookie = setCookie(secure);
		assertThat(cookie).startsWith("__Host-latchkey=")
			.contains("; Path=/;", "; Secure", "; HTTPOnly", "; SameSite=Lax", "; Max-Age=604800")
			.doesNotContain("Domain");
	}

	@Test
	void cookieHasANameThatBrowsersAcceptWithPlainHttp() {
		assertThat(setCookie(plain)).startsWith("latchkey=")
			.contains("; Path=/;", "; HTTPOnly", "; SameSite=Lax")
			.doesNotContain("Secure", "Domain");
	}

	@ParameterizedTest
	@MethodSource("crossSiteHeaders")
	void crossSiteWriteWithTheCookieIsRefused(List<String> headers) {
		String cookie = nameAndValue(secure);
		for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
			Response answer = secure.anonymous()
				.send(method, "/accounts", method.equals("POST") ? Map.of("name", "Stolen") : null,
						with(headers, cookie));
			assertThat(answer.status()).as("%s", answer).isEqualTo(403);
			assertThat(answer.code()).isEqualTo("cross-site-request");
		}
		assertThat(secure.anonymous().delete("/session", with(headers, cookie)).status()).isEqualTo(403);
		Response accounts = secure.anonymous().get("/accounts", "Cookie", cookie);
		assertThat(accounts.status()).isEqualTo(200);
		assertThat(accounts.text()).doesNotContain("Stolen");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Origin " + PORTAL, "Sec-Fetch-Site same-origin" })
	void writeWithTheCookieFromOwnPagesIsAccepted(String header) {
		List<String> own = List.of(header.split(" ", -1));
		assertThat(
				secure.anonymous().post("/accounts", Map.of("name", "Mine"), with(own, nameAndValue(secure))).status())
			.isEqualTo(201);
	}

	/**
	 * Otherwise another site could sign a visitor in as another user, and that user could
	 * read what the visitor enters.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "Origin https://evil.test", "Origin null", "Sec-Fetch-Site cross-site",
			"Sec-Fetch-Site same-site" })
	void crossSiteSignInIsRefused(String header) {
		String[] crossSite = header.split(" ", -1);
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true);
		Response answer = secure.anonymous().post("/session", body, crossSite);
		assertThat(answer.status()).isEqualTo(403);
		assertThat(answer.header("Set-Cookie")).isNull();
		assertThat(secure.anonymous().post("/users", Map.of("email", TestUsers.anAddress()), crossSite).status())
			.isEqualTo(403);
	}

	/**
	 * A browser does not add a bearer token by itself.
	 */
	@ParameterizedTest
	@MethodSource("crossSiteHeaders")
	void requestWithABearerTokenNeedsNoOrigin(List<String> headers) {
		Client bearer = secure.anonymous().with(person.client().token());
		assertThat(bearer.post("/accounts", Map.of("name", "Mine"), headers.toArray(String[]::new)).status())
			.isEqualTo(201);
	}

	/**
	 * A header that disables the CSRF check must also disable the cookie.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "Basic YTpi", "Bearer", "Bearer x", "x" })
	void authorizationHeaderReplacesTheCookie(String authorization) {
		Response answer = secure.anonymous()
			.post("/accounts", Map.of("name", "Stolen"), "Cookie", nameAndValue(secure), "Authorization",
					authorization);
		assertThat(answer.status()).isEqualTo(401);
	}

	@Test
	void cookieWithTheWrongNameIsIgnored() {
		String token = nameAndValue(secure).replaceAll("^[^=]*=", "");
		assertThat(secure.anonymous().get("/session", "Cookie", "latchkey=" + token).status()).isEqualTo(401);
		assertThat(plain.anonymous().get("/session", "Cookie", "__Host-latchkey=" + token).status()).isEqualTo(401);
	}

	/**
	 * Protects against session fixation: sign-in does not reuse a session that an
	 * attacker has set.
	 */
	@Test
	void signInOpensANewSessionIfTheRequestHasACookie() {
		String existing = nameAndValue(secure);
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true);
		Response answer = secure.anonymous().post("/session", body, "Cookie", existing, "Origin", PORTAL);
		assertThat(answer.status()).isEqualTo(201);
		assertThat(String.valueOf(answer.header("Set-Cookie"))).doesNotContain(existing);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("both")
	void everyResponseHasTheSecurityHeaders(Service service) {
		for (Response answer : answers(service)) {
			assertThat(answer.header("X-Content-Type-Options")).as("%s", answer).isEqualTo("nosniff");
			assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
			assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'", "base-uri 'none'")
				.doesNotContain("unsafe-");
			assertThat(answer.header("Cache-Control")).contains("no-store");
			assertThat(answer.header("Server")).isNull();
			assertThat(answer.header("X-Powered-By")).isNull();
			assertThat(answer.header("Strict-Transport-Security"))
				.isEqualTo((service == secure) ? "max-age=31536000" : null);
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("both")
	void otherSitesCannotReadResponses(Service service) {
		for (String origin : List.of("https://evil.test", "null")) {
			for (String path : List.of("/session", "/permissions", "/accounts", "/nothing")) {
				Response get = service.anonymous()
					.with(person.client().token())
					.get(path, "Origin", origin, "Sec-Fetch-Mode", "cors");
				Response preflight = service.anonymous()
					.send("OPTIONS", path, null, "Origin", origin, "Access-Control-Request-Method", "GET",
							"Access-Control-Request-Headers", "authorization");
				assertThat(get.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
				assertThat(preflight.headers().keySet()).noneMatch((name) -> name.startsWith("access-control-"));
				assertThat(preflight.status()).isEqualTo(path.equals("/nothing") ? 404 : 204);
			}
		}
	}

	private static List<Response> answers(Service service) {
		Client user = service.anonymous().with(person.client().token());
		return List.of(user.get("/session"), user.get("/accounts"), service.anonymous().get("/session"),
				user.get("/nothing"), service.anonymous().atRoot().get("/nothing"), user.get("/accounts/x"),
				user.get("/session/"), user.get("//session"), user.get("/session;x"),
				user.send("PATCH", "/session", null), service.anonymous().send("OPTIONS", "/session", null),
				service.anonymous().post("/users", "{"), service.anonymous().post("/users", Map.of(), "Origin", "x"),
				service.anonymous().post("/users", Map.of("email", "x".repeat(20_000))),
				service.anonymous().atRoot().get("/local/mailbox/messages"), user.get("/accounts", "Accept", "json"));
	}

	private static String setCookie(Service service) {
		Map<String, Object> body = Map.of("email", person.address(), "password", TestUsers.PASSWORD, "cookie", true);
		Response answer = service.anonymous().post("/session", body);
		assertThat(answer.status()).as(answer.text()).isEqualTo(201);
		return String.valueOf(answer.header("Set-Cookie"));
	}

	private static String nameAndValue(Service service) {
		return setCookie(service).replaceAll(";.*", "");
	}

	private static String[] with(List<String> headers, String cookie) {
		return Stream.concat(headers.stream(), Stream.of("Cookie", cookie)).toArray(String[]::new);
	}

}
