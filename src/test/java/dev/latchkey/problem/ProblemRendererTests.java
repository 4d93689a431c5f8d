package dev.latchkey.problem;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import dev.latchkey.outage.Outages;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.MovableClock;
import dev.latchkey.testing.RouterClient;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The response to an error: its status, its headers and its problem document.
 */
class ProblemRendererTests {

	private final MovableClock clock = new MovableClock();

	private final Outages outages = new Outages(this.clock::now);

	private @Nullable Throwable error;

	private final WebTestClient client = RouterClient
		.of(RouterFunctions.route()
			.GET("/things/{thing}", (request) -> Mono.error(Objects.requireNonNull(this.error)))
			.build())
		.outages(this.outages)
		.build();

	@Nested
	class Document {

		@Test
		void hasTheMembersOfAProblemAndTheProperties() {
			responseTo(DomainException.invalidField("name", DetailMessage.TOO_LONG, 80).with("max", 80)).expectStatus()
				.isEqualTo(422)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectHeader()
				.valueEquals("Cache-Control", "no-store")
				.expectBody(String.class)
				.isEqualTo(
						"{\"type\":\"urn:latchkey:problem:invalid-field\",\"title\":\"The value of a field is invalid\","
								+ "\"status\":422,\"detail\":\"At most 80 characters.\",\"code\":\"invalid-field\","
								+ "\"field\":\"name\",\"max\":80}");
		}

		@Test
		void hasTheTitleAsItsDetailIfThereIsNoMessage() {
			responseTo(DomainException.notFound()).expectBody()
				.jsonPath("$.detail")
				.isEqualTo("Not found, or you have no access.");
		}

		@Test
		void aPropertyCannotReplaceAMemberOfTheProblem() {
			responseTo(DomainException.notFound().with("status", 200).with("code", "fine")).expectBody()
				.jsonPath("$.status")
				.isEqualTo(404)
				.jsonPath("$.code")
				.isEqualTo("not-found");
		}

		@ParameterizedTest
		@EnumSource
		void everyCodeHasATitleInEveryLanguage(ProblemCode code) {
			for (Locale language : RouterClient.languages().supported()) {
				Map<String, Object> members = ProblemBody.of(DomainException.of(code),
						RouterClient.languages().translations(language));
				assertThat(members).containsEntry("code", code.code())
					.containsEntry("status", ProblemStatus.of(code.kind()).value());
				assertThat(members.get("title")).asString().isNotBlank();
			}
		}

		@Test
		void isPrintableAscii() {
			String text = body(DomainException.notFound().with("field", "\u202eä\u2028\ud800\u0007𝔸"));
			assertThat(text).matches("[\\x20-\\x7e]+");
			assertThat(RouterClient.jsonMapper().readTree(text).path("field").asString()).startsWith("\u202eä\u2028");
		}

		@Test
		void isInEnglishForARequestWhoseHeadersCouldNotBeRead() {
			ProblemRenderer renderer = new ProblemRenderer(RouterClient.jsonMapper(), RouterClient.languages(),
					new Outages(InstantSource.system()));
			assertThat(new String(renderer.body(DomainException.of(ProblemCode.URI_TOO_LONG)), StandardCharsets.UTF_8))
				.contains("\"code\":\"uri-too-long\"")
				.contains("\"status\":414");
		}

		private String body(DomainException refusal) {
			return Objects
				.requireNonNull(responseTo(refusal).expectBody(String.class).returnResult().getResponseBody());
		}

	}

	@Nested
	class Headers {

		@ParameterizedTest
		@CsvSource({ "0ms, 1", "1ms, 1", "999ms, 1", "1000ms, 1", "1001ms, 2", "90000ms, 90" })
		void theWaitIsRoundedUpToSeconds(String wait, String seconds) {
			Duration duration = Duration.ofMillis(Long.parseLong(wait.replace("ms", "")));
			DomainException refusal = DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(duration);
			responseTo(refusal).expectStatus().isEqualTo(429).expectHeader().valueEquals("Retry-After", seconds);
			assertThat(ProblemBody.ofLine(refusal, RouterClient.languages().translations(Locale.ENGLISH)))
				.containsEntry("retryAfter", Long.valueOf(seconds));
		}

		@Test
		void withoutAWaitThereIsNoRetryAfter() {
			responseTo(DomainException.of(ProblemCode.LIMIT_REACHED)).expectHeader().doesNotExist("Retry-After");
			assertThat(ProblemBody.ofLine(DomainException.notFound(),
					RouterClient.languages().translations(Locale.ENGLISH)))
				.doesNotContainKey("retryAfter");
		}

		@Test
		void anAnonymousClientIsToldHowToSignIn() {
			responseTo(DomainException.of(ProblemCode.NOT_SIGNED_IN)).expectStatus()
				.isUnauthorized()
				.expectHeader()
				.valueEquals("WWW-Authenticate", "Bearer");
			responseTo(DomainException.of(ProblemCode.OWNER_ONLY)).expectStatus()
				.isForbidden()
				.expectHeader()
				.doesNotExist("WWW-Authenticate");
		}

		@Test
		void aWrongMethodGetsTheAllowedOnes() {
			responseTo(ExceptionTranslator.methodNotAllowed(List.of("GET", "HEAD"))).expectStatus()
				.isEqualTo(405)
				.expectHeader()
				.valueEquals("Allow", "GET, HEAD");
		}

	}

	@Nested
	class Language {

		@Test
		void isTheOneThatTheClientAccepts() {
			responseTo(DomainException.notFound(), "de").expectHeader()
				.valueEquals("Content-Language", "de")
				.expectHeader()
				.valueEquals("Vary", "Accept-Language")
				.expectBody()
				.jsonPath("$.title")
				.isEqualTo("Nicht gefunden, oder Sie haben keinen Zugriff");
		}

		@Test
		void isTheOneOfTheRefusalIfItHasOne() {
			responseTo(DomainException.notFound().in(Locale.GERMAN), "en").expectHeader()
				.valueEquals("Content-Language", "de")
				.expectHeader()
				.doesNotExist("Vary");
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class UnexpectedError {

		@Test
		void isLoggedOnceWithTheRouteAndRevealsNothing(CapturedOutput log) {
			responseTo(new IllegalStateException("select secret from users")).expectStatus()
				.isEqualTo(500)
				.expectBody(String.class)
				.isEqualTo("{\"type\":\"urn:latchkey:problem:internal-error\","
						+ "\"title\":\"Something went wrong on our side\",\"status\":500,"
						+ "\"detail\":\"Something went wrong on our side.\",\"code\":\"internal-error\"}");
			assertThat(log).containsOnlyOnce("Request failed: GET ").doesNotContain("/things/secret-path?token=abc");
		}

		@Test
		void refusalsAreNotLogged(CapturedOutput log) {
			responseTo(DomainException.notFound());
			assertThat(log).doesNotContain("Request failed", "refused");
		}

		@Test
		void anOverloadIsLoggedInOneLineAndCanBeRepeated(CapturedOutput log) {
			responseTo(new TimeoutException("no connection")).expectStatus()
				.isEqualTo(503)
				.expectHeader()
				.valueEquals("Retry-After", "2");
			assertThat(log).containsOnlyOnce(
					"The processing of some requests fails: java.util.concurrent.TimeoutException: no connection");
		}

	}

	@Nested
	@ExtendWith(OutputCaptureExtension.class)
	class LostDatabase {

		@Test
		void isOneLineForAThousandRefusedRequests(CapturedOutput log) {
			for (int request = 0; request < 1000; request++) {
				responseTo(unreachable()).expectStatus().isEqualTo(503);
			}
			assertThat(lines(log)).singleElement()
				.asString()
				.endsWith(
						"Access to the database fails: java.net.ConnectException: Connection refused: /10.0.0.1:5432");
			clock.letPass(Duration.ofSeconds(90));
			outages.ofRounds("The expiry sweep").failed(unreachable());
			assertThat(lines(log)).hasSize(2)
				.last()
				.asString()
				.contains("still fails after 1 min 30 s (999 requests and 1 background round since the last line)");
			clock.letPass(Duration.ofSeconds(2));
			outages.ofRounds("The expiry sweep").succeeded();
			assertThat(lines(log)).hasSize(3)
				.last()
				.asString()
				.endsWith("works again after 1 min 32 s (1000 requests and 1 background round failed)");
		}

		private Throwable unreachable() {
			IOException refused = new ConnectException("Connection refused");
			IOException annotated = new IOException("Connection refused: /10.0.0.1:5432", refused);
			return new DataAccessResourceFailureException("Failed to obtain R2DBC Connection",
					new R2dbcNonTransientResourceException("Cannot connect", "08003", annotated));
		}

		private static List<String> lines(CapturedOutput log) {
			return log.toString().lines().filter((line) -> line.contains("Access to the database")).toList();
		}

	}

	@Nested
	class Handling {

		private final ProblemRenderer renderer = new ProblemRenderer(RouterClient.jsonMapper(),
				RouterClient.languages(), new Outages(InstantSource.system()));

		private final ServerWebExchange exchange = withoutNetty(
				MockServerWebExchange.from(MockServerHttpRequest.get("/")));

		private static ServerWebExchange withoutNetty(MockServerWebExchange exchange) {
			return exchange.mutate().response(new ServerHttpResponseDecorator(exchange.getResponse())).build();
		}

		@Test
		void aClientThatDisconnectedGetsNoResponse() {
			StepVerifier.create(this.renderer.handle(this.exchange, new IOException("Connection reset by peer")))
				.verifyComplete();
			assertThat(this.exchange.getResponse().getStatusCode()).isNull();
			assertThat(this.exchange.getResponse().isCommitted()).isFalse();
		}

		@Test
		void anErrorAfterTheResponseBeganIsPassedOn() {
			this.exchange.getResponse().setComplete().block();
			DomainException late = DomainException.notFound();
			StepVerifier.create(this.renderer.handle(this.exchange, late))
				.verifyErrorSatisfies((error) -> assertThat(error).isSameAs(late));
		}

		@Test
		void theSameErrorIsRenderedOnlyOnce() {
			DomainException refusal = DomainException.notFound();
			StepVerifier.create(this.renderer.handle(this.exchange, refusal)).verifyComplete();
			StepVerifier.create(this.renderer.handle(this.exchange, refusal))
				.verifyErrorSatisfies((error) -> assertThat(error).isSameAs(refusal));
		}

		@Test
		void aLengthThatTheHandlerSetIsRemoved() {
			this.exchange.getResponse().getHeaders().setContentLength(3);
			this.renderer.handle(this.exchange, DomainException.notFound()).block();
			assertThat(this.exchange.getResponse().getHeaders().getContentLength()).isNotEqualTo(3);
		}

	}

	@Nested
	class Filter {

		@Test
		void theFirstHandlerThatRespondsIsTheLastOneCalled() {
			List<String> called = new ArrayList<>();
			WebExceptionHandler passes = (exchange, error) -> {
				called.add("passes " + error.getMessage());
				return Mono.error(new IllegalStateException("replaced"));
			};
			WebExceptionHandler responds = (exchange, error) -> {
				called.add("responds " + error.getMessage());
				return Mono.empty();
			};
			WebExceptionHandler unreached = (exchange, error) -> {
				called.add("unreached");
				return Mono.empty();
			};
			ProblemFilter filter = new ProblemFilter(List.of(passes, responds, unreached));
			StepVerifier.create(filter.filter(MockServerWebExchange.from(MockServerHttpRequest.get("/")),
					(exchange) -> Mono.error(new IOException("first"))))
				.verifyComplete();
			assertThat(called).containsExactly("passes first", "responds replaced");
		}

		@Test
		void aResponseWithoutErrorIsNotTouched() {
			WebExceptionHandler unreached = (exchange, error) -> Mono.error(new AssertionError("called"));
			StepVerifier
				.create(new ProblemFilter(List.of(unreached))
					.filter(MockServerWebExchange.from(MockServerHttpRequest.get("/")), (exchange) -> Mono.empty()))
				.verifyComplete();
		}

	}

	private WebTestClient.ResponseSpec responseTo(Throwable thrown) {
		return responseTo(thrown, "en");
	}

	private WebTestClient.ResponseSpec responseTo(Throwable thrown, String language) {
		this.error = thrown;
		return this.client.get().uri("/things/secret-path?token=abc").header("Accept-Language", language).exchange();
	}

}
