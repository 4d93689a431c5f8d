package dev.latchkey.server;

import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of the allowed origins can use the API, and pages of other origins can't.
 */
class CorsFilterTests {

	private static final String ALLOWED = "https://console.example";

	private final WebTestClient client = client(List.of(ALLOWED));

	private static WebTestClient client(List<String> origins) {
		return RouterClient
			.of(RouterFunctions.route()
				.GET("/api/v1/things", CorsFilterTests::varying)
				.GET("/api/v1/private", (request) -> Mono.error(DomainException.of(ProblemCode.NOT_SIGNED_IN)))
				.build())
			.filter(new CorsFilter(new AllowedOrigins(new CorsProperties(origins))))
			.build()
			.mutate()
			.baseUrl("https://latchkey.example")
			.build();
	}

	private static Mono<ServerResponse> varying(ServerRequest request) {
		request.exchange().getResponse().getHeaders().setVary(List.of("Accept"));
		return ServerResponse.ok().build();
	}

	@Nested
	class Preflight {

		@Test
		void isAnsweredWithTheMethodsAndHeadersOfTheApi() {
			preflight(ALLOWED, "PUT", "if-match, authorization").expectStatus()
				.isNoContent()
				.expectHeader()
				.valueEquals("Access-Control-Allow-Origin", ALLOWED)
				.expectHeader()
				.valueEquals("Access-Control-Allow-Methods", "GET,HEAD,POST,PUT,DELETE")
				.expectHeader()
				.valueEquals("Access-Control-Allow-Headers", "if-match, authorization")
				.expectHeader()
				.valueEquals("Access-Control-Max-Age", "3600")
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Credentials");
		}

		@Test
		void isRefusedForAnotherMethodOrHeader() {
			preflight(ALLOWED, "PATCH", "authorization").expectStatus().isForbidden();
			preflight(ALLOWED, "GET", "x-custom").expectStatus()
				.isForbidden()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("cross-site-request");
		}

		@Test
		void ofAnotherOriginIsAPlainOptionsRequest() {
			preflight("https://evil.example", "GET", "authorization").expectStatus()
				.isNoContent()
				.expectHeader()
				.valueEquals("Allow", "GET, HEAD, OPTIONS")
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Origin");
		}

		private WebTestClient.ResponseSpec preflight(String origin, String method, String headers) {
			return CorsFilterTests.this.client.options()
				.uri("/api/v1/things")
				.header("Origin", origin)
				.header("Access-Control-Request-Method", method)
				.header("Access-Control-Request-Headers", headers)
				.exchange();
		}

	}

	@Nested
	class Request {

		@Test
		void ofAnAllowedOriginCanReadTheResponseAndItsHeaders() {
			get("/api/v1/things", ALLOWED).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Access-Control-Allow-Origin", ALLOWED)
				.expectHeader()
				.valueEquals("Access-Control-Expose-Headers",
						"ETag, Location, Link, Retry-After, Idempotency-Replayed, WWW-Authenticate, Allow,"
								+ " Content-Language, Content-Disposition, Feed-Position")
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Credentials");
		}

		@Test
		void ofAnAllowedOriginCanReadARefusal() {
			get("/api/v1/private", ALLOWED).expectStatus()
				.isUnauthorized()
				.expectHeader()
				.valueEquals("Access-Control-Allow-Origin", ALLOWED);
		}

		@ParameterizedTest
		@ValueSource(strings = { "https://evil.example", "https://console.example.evil.example", "null",
				"http://console.example", "https://console.example:8443", "HTTPS://CONSOLE.EXAMPLE" })
		void ofAnotherOriginGetsNoCorsHeaders(String origin) {
			get("/api/v1/things", origin).expectStatus()
				.isOk()
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Origin");
		}

		@Test
		void variesByOriginWithoutReplacingOtherValues() {
			for (String origin : List.of(ALLOWED, "https://evil.example")) {
				List<String> vary = get("/api/v1/things", origin).expectBody()
					.returnResult()
					.getResponseHeaders()
					.getVary();
				assertThat(vary).contains("Accept").containsOnlyOnce("Origin");
			}
		}

		@Test
		void doesNotVaryIfNoOriginIsAllowed() {
			client(List.of()).get()
				.uri("/api/v1/things")
				.header("Origin", ALLOWED)
				.exchange()
				.expectHeader()
				.valueEquals("Vary", "Accept")
				.expectHeader()
				.doesNotExist("Access-Control-Allow-Origin");
		}

		private WebTestClient.ResponseSpec get(String path, String origin) {
			return CorsFilterTests.this.client.get().uri(path).header("Origin", origin).exchange();
		}

	}

}
