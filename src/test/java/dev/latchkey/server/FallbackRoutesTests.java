package dev.latchkey.server;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Requests that match no route of a feature.
 */
class FallbackRoutesTests {

	private final RouterFunction<ServerResponse> things = RouterFunctions.route()
		.GET("/api/v1/things", FallbackRoutesTests::ok)
		.POST("/api/v1/things", RequestPredicates.contentType(MediaType.APPLICATION_JSON), FallbackRoutesTests::ok)
		.POST("/api/v1/commands", FallbackRoutesTests::ok)
		.GET("/page", FallbackRoutesTests::ok)
		.build();

	private final RouterFunction<ServerResponse> more = RouterFunctions.route()
		.DELETE("/api/v1/things", FallbackRoutesTests::ok)
		.build();

	private final WebTestClient client = RouterClient.of(this.things, this.more).build();

	private static Mono<ServerResponse> ok(ServerRequest request) {
		return ServerResponse.ok().build();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/unknown", "/api/v1/things/1", "/api/", "/unknown" })
	void anUnknownPathIsNotFoundForEveryMethod(String path) {
		for (HttpMethod method : HttpMethod.values()) {
			this.client.method(method).uri(path).exchange().expectStatus().isNotFound();
		}
		this.client.get().uri(path).exchange().expectBody().jsonPath("$.code").isEqualTo("not-found");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "TRACE", "BREW" })
	void aWrongMethodGetsTheMethodsOfAllFeatures(String method) {
		this.client.method(HttpMethod.valueOf(method))
			.uri("/api/v1/things")
			.contentType(MediaType.APPLICATION_JSON)
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "DELETE, GET, HEAD, OPTIONS, POST");
	}

	@Test
	void theProblemListsTheMethodsToo() {
		this.client.put()
			.uri("/api/v1/commands")
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo("method-not-allowed")
			.jsonPath("$.allow.length()")
			.isEqualTo(2)
			.jsonPath("$.allow[0]")
			.isEqualTo("OPTIONS")
			.jsonPath("$.allow[1]")
			.isEqualTo("POST");
	}

	@Test
	void headIsAllowedOnlyWhereGetIs() {
		this.client.put().uri("/page").exchange().expectHeader().valueEquals("Allow", "GET, HEAD, OPTIONS");
		this.client.put().uri("/api/v1/commands").exchange().expectHeader().valueEquals("Allow", "OPTIONS, POST");
	}

	@Test
	void optionsListsTheMethods() {
		this.client.options()
			.uri("/api/v1/commands")
			.exchange()
			.expectStatus()
			.isNoContent()
			.expectHeader()
			.valueEquals("Allow", "OPTIONS, POST")
			.expectBody()
			.isEmpty();
	}

}
