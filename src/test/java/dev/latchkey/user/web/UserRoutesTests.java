package dev.latchkey.user.web;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.testing.RouterClient;
import dev.latchkey.user.User;
import dev.latchkey.user.UserFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of sign-up.
 */
class UserRoutesTests {

	private static final String USERS = "/api/v1/users";

	private static final String VERIFICATION = "/api/v1/users/verification";

	private static final String SOURCE = "192.0.2.7";

	private final UserFixture fixture = new UserFixture();

	private final UserRoutes routes = new UserRoutes();

	private final WebTestClient client = RouterClient
		.of(this.routes.signUpRoutes(this.fixture.signUpRequests(), this.fixture.signUpConfirmation(),
				RouterClient.languages()))
		.from(new InetSocketAddress(SOURCE, 40_000))
		.build();

	@Test
	void bothEndpointsArePublic() {
		assertThat(this.routes.signUpEndpoint().method()).isEqualTo(HttpMethod.POST);
		assertThat(this.routes.signUpEndpoint().pattern()).isEqualTo(USERS);
		assertThat(this.routes.verificationEndpoint().method()).isEqualTo(HttpMethod.POST);
		assertThat(this.routes.verificationEndpoint().pattern()).isEqualTo(VERIFICATION);
	}

	@Nested
	class SignUp {

		@Test
		void isAcceptedWithAndWithoutALogin() {
			UserRoutesTests.this.fixture.aUser("ann@example.test");
			for (String address : new String[] { "ann@example.test", "bob@example.test" }) {
				post(USERS, Map.of("email", address)).expectStatus().isAccepted().expectBody().isEmpty();
			}
			assertThat(UserRoutesTests.this.fixture.outbox().mails()).hasSize(2);
			assertThat(attemptsFromSource()).isEqualTo(2);
		}

		@ParameterizedTest
		@CsvSource({ "de-AT, de", "fr, en", "'en;q=0.1, de', de" })
		void remembersTheLanguageOfTheRequest(String header, String language) {
			UserRoutesTests.this.client.post()
				.uri(USERS)
				.header(HttpHeaders.ACCEPT_LANGUAGE, header)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(Map.of("email", "ann@example.test"))
				.exchange()
				.expectStatus()
				.isAccepted();
			post(VERIFICATION, verification(UserRoutesTests.this.fixture.tokenOfLastMail())).expectStatus().isCreated();
			assertThat(ann().locale()).isEqualTo(language);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				{}                                    | 400 | malformed-request
				{"email": null}                       | 400 | malformed-request
				{"email": 7}                          | 400 | malformed-request
				{"email": "ann@example.test", "x": 1} | 400 | malformed-request
				{"email": "ann"}                      | 400 | invalid-email
				{"email": "ann@example.test"          | 400 | malformed-request
				""")
		void withAnInvalidBodyIsRefusedBeforeItIsCounted(String body, int status, String code) {
			assertProblem(post(USERS, body), status, code);
			assertThat(UserRoutesTests.this.fixture.outbox().mails()).isEmpty();
			assertThat(attemptsFromSource()).isZero();
		}

		@Test
		void beyondTheLimitIsRefusedWithTheTimeToWait() {
			for (int count = 0; count < 3; count++) {
				post(USERS, Map.of("email", "ann@example.test"));
			}
			ResponseSpec response = post(USERS, Map.of("email", "ann@example.test"));
			response.expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1200");
			assertProblem(response, 429, "limit-reached");
		}

		@Test
		void inGermanIsRefusedInGerman() {
			UserRoutesTests.this.client.post()
				.uri(USERS)
				.header(HttpHeaders.ACCEPT_LANGUAGE, "de")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(Map.of("email", "ann"))
				.exchange()
				.expectHeader()
				.valueEquals(HttpHeaders.CONTENT_LANGUAGE, "de");
		}

	}

	@Nested
	class Verification {

		private final String token = UserRoutesTests.this.fixture.signUpToken("Ann@example.test");

		@Test
		void returnsTheNewUser() {
			ResponseSpec response = post(VERIFICATION, verification(this.token));
			response.expectStatus().isCreated();
			response.expectBody().json("""
					{"id": "%s", "email": "Ann@example.test", "name": "Ann Carter"}
					""".formatted(ann().id()), JsonCompareMode.STRICT);
		}

		@Test
		void worksOnce() {
			post(VERIFICATION, verification(this.token)).expectStatus().isCreated();
			assertProblem(post(VERIFICATION, verification(this.token)), 410, "used");
		}

		@ParameterizedTest
		@ValueSource(strings = { "token", "name", "password" })
		void needsEveryField(String field) {
			Map<String, String> body = new HashMap<>(verification(this.token));
			body.remove(field);
			ResponseSpec response = post(VERIFICATION, body);
			response.expectStatus().isBadRequest();
			response.expectBody()
				.jsonPath("$.code")
				.isEqualTo("malformed-request")
				.jsonPath("$.field")
				.isEqualTo(field);
			assertThat(UserRoutesTests.this.fixture.userCount()).isZero();
		}

		@Test
		void refusesAWeakPasswordAndNamesTheField() {
			ResponseSpec response = post(VERIFICATION,
					Map.of("token", this.token, "name", "Ann Carter", "password", "password"));
			response.expectStatus().isEqualTo(422);
			response.expectBody()
				.jsonPath("$.code")
				.isEqualTo("weak-password")
				.jsonPath("$.field")
				.isEqualTo("password");
		}

		@Test
		void refusesATokenThatIsNotGenuine() {
			assertProblem(post(VERIFICATION, verification("x")), 404, "not-found");
		}

	}

	private static Map<String, String> verification(String token) {
		return Map.of("token", token, "name", "Ann Carter", "password", UserFixture.PASSWORD);
	}

	private User ann() {
		return Objects.requireNonNull(this.fixture.users().find(EmailAddress.of("ann@example.test")).block());
	}

	private int attemptsFromSource() {
		return this.fixture.rateLimiter().attempts(RateLimit.SIGN_UP_SOURCE, SOURCE);
	}

	private ResponseSpec post(String path, Object body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

	private static void assertProblem(ResponseSpec response, int status, String code) {
		response.expectStatus().isEqualTo(status);
		response.expectHeader().contentType(MediaType.APPLICATION_PROBLEM_JSON);
		response.expectBody().jsonPath("$.code").isEqualTo(code).jsonPath("$.status").isEqualTo(status);
	}

}
