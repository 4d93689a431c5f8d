package dev.latchkey.session.web;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.session.Caller;
import dev.latchkey.session.SessionToken;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints for sign-in, sign-out and password resets, and who may call them.
 */
class SessionRoutesTests {

	private static final String SESSION = "/api/v1/session";

	private static final String COOKIE = "__Host-latchkey";

	private final SecuredRoutes routes = new SecuredRoutes();

	private final WebTestClient client = this.routes.client();

	private final User user = this.routes.fixture().users().aUser("Ann@example.test");

	@Nested
	class SignIn {

		@Test
		void returnsATokenThatIsNotCached() {
			ResponseSpec response = post(SESSION,
					Map.of("email", "ann@EXAMPLE.test", "password", UserFixture.PASSWORD));
			response.expectStatus().isCreated();
			response.expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
			response.expectHeader().doesNotExist(HttpHeaders.SET_COOKIE);
			response.expectHeader().contentType(MediaType.APPLICATION_JSON);
			String token = Objects.requireNonNull(response.expectBody(Session.class).returnResult().getResponseBody())
				.token();
			Caller caller = callerOf(token);
			assertThat(caller.user()).isEqualTo(SessionRoutesTests.this.user.userId());
		}

		@Test
		void returnsTheWholeSession() {
			post(SESSION, Map.of("email", "ann@example.test", "password", UserFixture.PASSWORD, "cookie", true))
				.expectStatus()
				.isCreated()
				.expectBody()
				.json("""
						{"token": null, "expiresAt": "2026-05-11T10:00:00Z",
						 "user": {"id": "%s", "email": "Ann@example.test", "name": "Ann Carter"}}
						""".formatted(SessionRoutesTests.this.user.id()), JsonCompareMode.STRICT);
		}

		@Test
		void setsACookieOnRequest() {
			FluxExchangeResult<String> result = post(SESSION,
					Map.of("email", "ann@example.test", "password", UserFixture.PASSWORD, "cookie", true))
				.returnResult(String.class);
			ResponseCookie cookie = cookie(result);
			assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofDays(7));
			assertThat(callerOf(cookie.getValue()).user()).isEqualTo(SessionRoutesTests.this.user.userId());
			assertThat(result.getResponseHeaders().getCacheControl()).isEqualTo("no-store, no-transform");
		}

		@Test
		void countsTheClientAddress() {
			post(SESSION, Map.of("email", "ann@example.test", "password", "wrong")).expectStatus().isUnauthorized();
			assertThat(SessionRoutesTests.this.routes.fixture()
				.users()
				.rateLimiter()
				.attempts(RateLimit.SIGN_IN_SOURCE, SecuredRoutes.ADDRESS)).isEqualTo(1);
		}

		@Test
		void ignoresWhatSurroundsTheAddress() {
			post(SESSION, Map.of("email", "\u00a0Ann@Example.test\u200b", "password", UserFixture.PASSWORD))
				.expectStatus()
				.isCreated();
		}

		@Test
		void withAWrongPasswordIsRefused() {
			ResponseSpec response = post(SESSION, Map.of("email", "ann@example.test", "password", "wrong"));
			assertProblem(response, 401, "wrong-credentials");
		}

		@Test
		void beyondTheLimitIsRefusedWithTheTimeToWait() {
			for (int count = 0; count < 3; count++) {
				post(SESSION, Map.of("email", "ann@example.test", "password", "wrong"));
			}
			ResponseSpec response = post(SESSION,
					Map.of("email", "ann@example.test", "password", UserFixture.PASSWORD));
			response.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "300");
			assertProblem(response, 429, "limit-reached");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				{"password": "x"}                               | 400 | malformed-request
				{"email": "ann@example.test"}                   | 400 | malformed-request
				{"email": "ann", "password": "x"}               | 400 | invalid-email
				{"email": 1, "password": "x"}                   | 400 | malformed-request
				{"email": "a@b.test", "password": "x", "y": 1}  | 400 | malformed-request
				{"email": "a@b.test", "password": "x", "cookie": "yes"} | 400 | malformed-request
				[]                                              | 400 | malformed-request
				{                                               | 400 | malformed-request
				""")
		void withAnInvalidBodyIsRefusedBeforeItIsCounted(String body, int status, String code) {
			ResponseSpec response = SessionRoutesTests.this.client.post()
				.uri(SESSION)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange();
			assertProblem(response, status, code);
			assertThat(SessionRoutesTests.this.routes.fixture()
				.users()
				.rateLimiter()
				.attempts(RateLimit.SIGN_IN_SOURCE, SecuredRoutes.ADDRESS)).isZero();
		}

		@Test
		void withAnotherMediaTypeIsRefused() {
			ResponseSpec response = SessionRoutesTests.this.client.post()
				.uri(SESSION)
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue("{}")
				.exchange();
			assertProblem(response, 415, "unsupported-media-type");
		}

	}

	@Nested
	class PresentSession {

		private final SessionToken token = SessionRoutesTests.this.routes.fixture()
			.tokenOf(SessionRoutesTests.this.user);

		@Test
		void isReturnedForABearerToken() {
			for (String scheme : new String[] { "Bearer ", "bearer ", "BEARER  " }) {
				get("Authorization", scheme + this.token.text()).expectStatus().isOk().expectBody().json("""
						{"token": null, "expiresAt": "2026-05-11T10:00:00Z",
						 "user": {"id": "%s", "email": "Ann@example.test", "name": "Ann Carter"}}
						""".formatted(SessionRoutesTests.this.user.id()), JsonCompareMode.STRICT);
			}
		}

		@Test
		void isReturnedForTheCookie() {
			SessionRoutesTests.this.client.get()
				.uri(SESSION)
				.cookie(COOKIE, this.token.text())
				.exchange()
				.expectStatus()
				.isOk();
		}

		@Test
		void isRefusedWithoutATokenAndNamesTheScheme() {
			ResponseSpec response = SessionRoutesTests.this.client.get().uri(SESSION).exchange();
			response.expectHeader().valueEquals(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
			response.expectHeader().valueEquals(HttpHeaders.CACHE_CONTROL, "no-store");
			assertProblem(response, 401, "not-signed-in");
		}

		@ParameterizedTest
		@ValueSource(strings = { "Basic YTpi", "Bearer", "Bearer x", "x" })
		void isNotReadFromTheCookieIfThereIsAnAuthorizationHeader(String authorization) {
			ResponseSpec response = SessionRoutesTests.this.client.get()
				.uri(SESSION)
				.cookie(COOKIE, this.token.text())
				.header(HttpHeaders.AUTHORIZATION, authorization)
				.exchange();
			assertProblem(response, 401, "not-signed-in");
		}

		@Test
		void isNotReadFromACookieWithAnotherName() {
			ResponseSpec response = SessionRoutesTests.this.client.get()
				.uri(SESSION)
				.cookie("latchkey", this.token.text())
				.exchange();
			assertProblem(response, 401, "not-signed-in");
		}

		@Test
		void isRefusedAfterItsEnd() {
			SessionRoutesTests.this.routes.fixture().clock().letPass(Duration.ofHours(12));
			assertProblem(get("Authorization", "Bearer " + this.token.text()), 401, "not-signed-in");
		}

		@Test
		void hasNoQueryParameters() {
			ResponseSpec response = SessionRoutesTests.this.client.get()
				.uri(SESSION + "?verbose=1")
				.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.token.text())
				.exchange();
			response.expectStatus().isBadRequest();
		}

	}

	@Nested
	class SignOut {

		private final SessionToken token = SessionRoutesTests.this.routes.fixture()
			.tokenOf(SessionRoutesTests.this.user);

		@Test
		void endsTheSessionAndDeletesTheCookie() {
			FluxExchangeResult<String> result = SessionRoutesTests.this.client.delete()
				.uri(SESSION)
				.cookie(COOKIE, this.token.text())
				.header("Sec-Fetch-Site", "same-origin")
				.exchange()
				.expectStatus()
				.isNoContent()
				.returnResult(String.class);
			ResponseCookie deletion = cookie(result);
			assertThat(deletion.getValue()).isEmpty();
			assertThat(deletion.getMaxAge()).isZero();
			StepVerifier.create(SessionRoutesTests.this.routes.fixture().sessions().find(this.token)).verifyComplete();
		}

		@Test
		void endsTheSessionOfABearerToken() {
			SessionRoutesTests.this.client.delete()
				.uri(SESSION)
				.header(HttpHeaders.AUTHORIZATION, "Bearer " + this.token.text())
				.exchange()
				.expectStatus()
				.isNoContent();
			assertProblem(get("Authorization", "Bearer " + this.token.text()), 401, "not-signed-in");
		}

		@Test
		void fromAnotherSiteIsRefused() {
			ResponseSpec response = SessionRoutesTests.this.client.delete()
				.uri(SESSION)
				.cookie(COOKIE, this.token.text())
				.header(HttpHeaders.ORIGIN, "https://evil.test")
				.exchange();
			assertProblem(response, 403, "cross-site-request");
			StepVerifier.create(SessionRoutesTests.this.routes.fixture().sessions().find(this.token))
				.expectNextCount(1)
				.verifyComplete();
		}

		@Test
		void withoutASessionIsRefused() {
			assertProblem(SessionRoutesTests.this.client.delete().uri(SESSION).exchange(), 401, "not-signed-in");
		}

	}

	@Nested
	class PasswordResets {

		@ParameterizedTest
		@ValueSource(strings = { "ann@example.test", "nobody@example.test" })
		void areAcceptedForEveryAddress(String address) {
			post("/api/v1/password-resets", Map.of("email", address)).expectStatus()
				.isAccepted()
				.expectBody()
				.isEmpty();
			assertThat(SessionRoutesTests.this.routes.fixture().users().outbox().mails()).hasSize(1);
			assertThat(SessionRoutesTests.this.routes.fixture()
				.users()
				.rateLimiter()
				.attempts(RateLimit.PASSWORD_RESET_SOURCE, SecuredRoutes.ADDRESS)).isEqualTo(1);
		}

		@Test
		void ofAnInvalidAddressAreRefused() {
			assertProblem(post("/api/v1/password-resets", Map.of("email", "ann")), 400, "invalid-email");
			assertProblem(post("/api/v1/password-resets", Map.of()), 400, "malformed-request");
			assertThat(SessionRoutesTests.this.routes.fixture().users().outbox().mails()).isEmpty();
		}

		@Test
		void setThePasswordOnce() {
			Map<String, Object> body = Map.of("token",
					SessionRoutesTests.this.routes.fixture().resetToken("ann@example.test"), "password",
					"nine green herons");
			post("/api/v1/password-resets/confirmation", body).expectStatus().isNoContent().expectBody().isEmpty();
			assertProblem(post("/api/v1/password-resets/confirmation", body), 410, "used");
			post(SESSION, Map.of("email", "ann@example.test", "password", "nine green herons")).expectStatus()
				.isCreated();
		}

		@Test
		void needATokenAndAPassword() {
			assertProblem(post("/api/v1/password-resets/confirmation", Map.of("password", "nine green herons")), 400,
					"malformed-request");
			assertProblem(post("/api/v1/password-resets/confirmation", Map.of("token", "x")), 400, "malformed-request");
			assertProblem(
					post("/api/v1/password-resets/confirmation", Map.of("token", "x", "password", "nine green herons")),
					404, "not-found");
		}

	}

	@Nested
	class Access {

		@Test
		void toUnknownPathsOfTheApiNeedsASession() {
			assertProblem(SessionRoutesTests.this.client.get().uri("/api/v1/nothing").exchange(), 401, "not-signed-in");
		}

		@Test
		void toUnknownPathsWithASessionIsNotFound() {
			SessionToken token = SessionRoutesTests.this.routes.fixture().tokenOf(SessionRoutesTests.this.user);
			ResponseSpec response = SessionRoutesTests.this.client.get()
				.uri("/api/v1/nothing")
				.header(HttpHeaders.AUTHORIZATION, "Bearer " + token.text())
				.exchange();
			assertProblem(response, 404, "not-found");
		}

		@Test
		void toAPublicPathWithAWrongMethodIsNotHidden() {
			ResponseSpec response = SessionRoutesTests.this.client.patch().uri("/api/v1/password-resets").exchange();
			response.expectHeader().valueEquals(HttpHeaders.ALLOW, "OPTIONS, POST");
			assertProblem(response, 405, "method-not-allowed");
		}

		@Test
		void toPathsOutsideTheApiIsPublic() {
			SessionRoutesTests.this.client.get().uri("/outside").exchange().expectStatus().isOk();
		}

		@ParameterizedTest
		@ValueSource(
				strings = { "/api/v1//session", "/api/v1/session;x", "/api/v1/%2e%2e/session", "/api/v1/session%2f" })
		void toPathsThatAreNotCanonicalIsRefused(String path) {
			ResponseSpec response = SessionRoutesTests.this.client.get()
				.uri(URI.create("http://localhost" + path))
				.exchange();
			assertProblem(response, 400, "malformed-request");
		}

	}

	private ResponseSpec post(String path, Map<String, ?> body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private ResponseSpec get(String header, String value) {
		return this.client.get().uri(SESSION).header(header, value).exchange();
	}

	private static ResponseCookie cookie(FluxExchangeResult<String> result) {
		return Objects.requireNonNull(result.getResponseCookies().getFirst(COOKIE));
	}

	private Caller callerOf(String token) {
		return this.routes.fixture().callerOf(SessionToken.of(token).orElseThrow());
	}

	private static void assertProblem(ResponseSpec response, int status, String code) {
		response.expectStatus().isEqualTo(status);
		response.expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.expectBody()
			.jsonPath("$.code")
			.isEqualTo(code)
			.jsonPath("$.status")
			.isEqualTo(status)
			.jsonPath("$.type")
			.isEqualTo("urn:latchkey:problem:" + code);
	}

	record Session(String token, String expiresAt, Map<String, String> user) {

	}

}
