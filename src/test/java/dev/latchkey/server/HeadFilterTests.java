package dev.latchkey.server;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * HEAD is served by the route of GET, but never opens a stream.
 */
class HeadFilterTests {

	private final WebTestClient client = RouterClient
		.of(RouterFunctions.route()
			.GET("/things",
					(request) -> ServerResponse.ok()
						.header("Request-Method", request.method().name())
						.header("Request-Accept", accept(request))
						.bodyValue("body"))
			.POST("/commands", (request) -> ServerResponse.noContent().build())
			.build())
		.filter(new HeadFilter())
		.build();

	private static String accept(ServerRequest request) {
		return String.valueOf(request.headers().firstHeader("Accept"));
	}

	@Test
	void theRouteSeesAGet() {
		this.client.head()
			.uri("/things")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Request-Method", "GET")
			.expectHeader()
			.valueEquals("Content-Length", "4")
			.expectBody()
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			text/event-stream               | application/json
			application/x-ndjson            | application/json
			text/csv                        | application/json
			text/html, text/csv;q=0.1       | application/json
			text/html                       | text/html
			*/*                             | */*
			""")
	void aStreamBecomesTheJsonResponse(String accept, String seen) {
		this.client.head()
			.uri("/things")
			.header("Accept", accept)
			.exchange()
			.expectHeader()
			.valueEquals("Request-Accept", seen);
	}

	@Test
	void getIsUnchanged() {
		this.client.get()
			.uri("/things")
			.header("Accept", "text/csv")
			.exchange()
			.expectHeader()
			.valueEquals("Request-Accept", "text/csv");
	}

	@Test
	void aPathWithoutGetRefusesHead() {
		this.client.head().uri("/commands").exchange().expectStatus().isEqualTo(405);
	}

}
