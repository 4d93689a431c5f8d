package dev.latchkey.testing;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.http.ClientAddress;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Routes behave in the client of the tests as they do in the application.
 */
class RouterClientTests {

	private static final Caller ADA = new Caller(new UserId(new UUID(0, 1)), new SessionId(new UUID(0, 2)),
			EmailAddress.of("ada@example.test"), "Ada", Instant.EPOCH, Duration.ofHours(1));

	private static final RouterFunction<ServerResponse> ROUTES = RouterFunctions.route()
		.GET("/api/v1/caller",
				(request) -> CurrentCaller.current()
					.flatMap((caller) -> ServerResponse.ok().bodyValue(new Name(caller.name()))))
		.GET("/api/v1/address", (request) -> ServerResponse.ok().bodyValue(new Name(ClientAddress.of(request))))
		.POST("/api/v1/names", RouterClientTests::echo)
		.build();

	private final WebTestClient client = RouterClient.of(ROUTES).build();

	@Test
	void aRequestWithoutACallerIsAnonymous() {
		expectProblem(this.client.get().uri("/api/v1/caller"), 401, "not-signed-in");
	}

	@Test
	void theChosenCallerIsTheCurrentCaller() {
		WebTestClient ada = RouterClient.of(ROUTES).signedInAs(ADA).build();
		ada.get().uri("/api/v1/caller").exchange().expectBody().json("{\"name\":\"Ada\"}");
	}

	@Test
	void theChosenAddressIsTheClientAddress() {
		WebTestClient remote = RouterClient.of(ROUTES).from(new InetSocketAddress("192.0.2.7", 1234)).build();
		remote.get().uri("/api/v1/address").exchange().expectBody().json("{\"name\":\"192.0.2.7\"}");
	}

	@Test
	void jsonIsReadStrictly() {
		expectProblem(post("{\"name\":\"Ada\",\"other\":1}"), 400, "malformed-request");
		expectProblem(post("{\"name\":1}"), 400, "malformed-request");
		expectProblem(post("{\"name\":\"Ada\",\"name\":\"Ada\"}"), 400, "malformed-request");
		expectProblem(post("{\"name\":\"\\ud800\"}"), 400, "malformed-request");
		post("{\"name\":\"Ada\"}").exchange().expectStatus().isOk().expectBody().json("{\"name\":\"Ada\"}");
	}

	@Test
	void aBodyThatIsTooLongIsRefusedEvenIfItsLengthIsNotAnnounced() {
		Mono<String> body = Mono.just("{\"name\":\"" + "a".repeat(16 * 1024) + "\"}");
		expectProblem(this.client.post()
			.uri("/api/v1/names")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body, String.class), 413, "body-too-large");
	}

	@Test
	void problemsAreInTheLanguageOfTheClient() {
		this.client.get()
			.uri("/api/v1/unknown")
			.header(HttpHeaders.ACCEPT_LANGUAGE, "de")
			.exchange()
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.valueEquals(HttpHeaders.CONTENT_LANGUAGE, "de");
	}

	@Test
	void aWrongMethodIsRefusedWithTheAllowedOnes() {
		expectProblem(this.client.delete().uri("/api/v1/names"), 405, "method-not-allowed").expectHeader()
			.valueEquals(HttpHeaders.ALLOW, "OPTIONS, POST");
	}

	@Test
	void routesBelowAPathPrefixAreServedThereOnly() {
		WebTestClient prefixed = RouterClient.of(ROUTES).pathPrefix("/team").build();
		prefixed.get().uri("/team/api/v1/address").exchange().expectStatus().isOk();
		prefixed.get().uri("/api/v1/address").exchange().expectStatus().isNotFound();
	}

	@Test
	void filtersAreCalledForEveryRequest() {
		WebTestClient filtered = RouterClient.of(ROUTES).filter((exchange, chain) -> {
			exchange.getResponse().getHeaders().set("Filtered", "yes");
			return chain.filter(exchange);
		}).build();
		filtered.get().uri("/api/v1/unknown").exchange().expectHeader().valueEquals("Filtered", "yes");
	}

	private WebTestClient.RequestHeadersSpec<?> post(String body) {
		return this.client.post().uri("/api/v1/names").contentType(MediaType.APPLICATION_JSON).bodyValue(body);
	}

	private static Mono<ServerResponse> echo(ServerRequest request) {
		return RequestBodies.read(request, Name.class).flatMap((name) -> ServerResponse.ok().bodyValue(name));
	}

	private static WebTestClient.ResponseSpec expectProblem(WebTestClient.RequestHeadersSpec<?> request, int status,
			String code) {
		WebTestClient.ResponseSpec response = request.exchange().expectStatus().isEqualTo(status);
		response.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo(code);
		return response;
	}

	record Name(String name) {
	}

}
