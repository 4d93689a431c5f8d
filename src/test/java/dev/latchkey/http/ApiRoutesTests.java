package dev.latchkey.http;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every endpoint of the API refuses before its handler is called, and that a handler
 * completes its work.
 */
class ApiRoutesTests {

	private final AtomicInteger calls = new AtomicInteger();

	private final RouterFunction<ServerResponse> routes = ApiRoutes.json()
		.query("/api/v1/things", Set.of("q", "limit"))
		.offer("GET /api/v1/things", MediaTypes.of(MediaType.APPLICATION_JSON, MediaTypes.CSV))
		.routes((builder) -> builder.GET("/api/v1/things", this::handle)
			.POST("/api/v1/things", this::handle)
			.GET("/api/v1/things/{thing}", this::handle));

	private final WebTestClient client = RouterClient.of(this.routes).build();

	private Mono<ServerResponse> handle(ServerRequest request) {
		this.calls.incrementAndGet();
		return ServerResponse.noContent().build();
	}

	@Nested
	class Accept {

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "*/*", "text/csv", "application/*;q=0.1", "image/png, text/csv" })
		void anOfferedTypeIsServed(String accept) {
			get("/api/v1/things", accept).expectStatus().isNoContent();
			assertThat(ApiRoutesTests.this.calls).hasValue(1);
		}

		@ParameterizedTest
		@ValueSource(strings = { "image/png", "text/html", "application/json;q=0" })
		void anyOtherTypeIsRefused(String accept) {
			get("/api/v1/things", accept).expectStatus()
				.isEqualTo(406)
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("not-acceptable");
			assertThat(ApiRoutesTests.this.calls).hasValue(0);
		}

		@Test
		void anOfferAppliesToItsMethodAndPatternOnly() {
			get("/api/v1/things/1", "text/csv").expectStatus().isEqualTo(406);
			ApiRoutesTests.this.client.post()
				.uri("/api/v1/things")
				.header("Accept", "text/csv")
				.exchange()
				.expectStatus()
				.isEqualTo(406);
			assertThat(ApiRoutesTests.this.calls).hasValue(0);
		}

		@Test
		void aHeaderThatIsNotAListOfTypesIsMalformed() {
			get("/api/v1/things", "json").expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The Accept or the Content-Type header is not a valid media type.");
		}

		private WebTestClient.ResponseSpec get(String path, String accept) {
			return ApiRoutesTests.this.client.get().uri(path).header("Accept", accept).exchange();
		}

	}

	@Nested
	class Query {

		@Test
		void aKnownParameterIsServed() {
			get("/api/v1/things?q=%C3%A4&limit=1").expectStatus().isNoContent();
			get("/api/v1/things").expectStatus().isNoContent();
			assertThat(ApiRoutesTests.this.calls).hasValue(2);
		}

		@Test
		void anUnknownParameterIsRefusedByItsName() {
			refused("/api/v1/things?query=a", "query", "There is no query parameter with this name here.");
		}

		@Test
		void aParameterOfAnotherRouteIsRefused() {
			refused("/api/v1/things/1?q=a", "q", "There is no query parameter with this name here.");
		}

		@Test
		void aRepeatedParameterIsRefused() {
			refused("/api/v1/things?q=a&q=a", "q", "This query parameter may occur only once.");
		}

		@Test
		void theNameIsShortenedInTheResponse() {
			refused("/api/v1/things?" + "n".repeat(41) + "=1", "n".repeat(40) + "…",
					"There is no query parameter with this name here.");
		}

		@Test
		void aWritingRequestHasNoParameters() {
			ApiRoutesTests.this.client.post()
				.uri("/api/v1/things?q=a")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.field")
				.isEqualTo("q");
			assertThat(ApiRoutesTests.this.calls).hasValue(0);
		}

		@Test
		void bytesThatAreNotUtf8AreRefused() {
			get("/api/v1/things?q=%C0%80").expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The query isn't UTF-8.");
			assertThat(ApiRoutesTests.this.calls).hasValue(0);
		}

		private void refused(String uri, String field, String detail) {
			get(uri).expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("malformed-request")
				.jsonPath("$.field")
				.isEqualTo(field)
				.jsonPath("$.detail")
				.isEqualTo(detail);
			assertThat(ApiRoutesTests.this.calls).hasValue(0);
		}

		private WebTestClient.ResponseSpec get(String uri) {
			return ApiRoutesTests.this.client.get().uri(URI.create(uri)).exchange();
		}

	}

	@Nested
	class Disconnect {

		private final Sinks.Empty<Void> commit = Sinks.empty();

		private final AtomicInteger completed = new AtomicInteger();

		@Test
		void theHandlerCompletesAfterTheClientHasDisconnected() {
			RouterFunction<ServerResponse> slow = ApiRoutes.json()
				.routes((builder) -> builder.POST("/api/v1/things",
						(request) -> this.commit.asMono()
							.then(Mono.fromRunnable(this.completed::incrementAndGet))
							.then(ServerResponse.noContent().build())));
			ServerRequest request = ServerRequest
				.create(MockServerWebExchange.from(MockServerHttpRequest.post("/api/v1/things").build()), List.of());
			HandlerFunction<ServerResponse> handler = Objects.requireNonNull(slow.route(request).block());
			StepVerifier.create(handler.handle(request))
				.expectSubscription()
				.thenCancel()
				.verify(Duration.ofSeconds(5));
			assertThat(this.completed).hasValue(0);
			this.commit.tryEmitEmpty();
			assertThat(this.completed).hasValue(1);
		}

	}

}
