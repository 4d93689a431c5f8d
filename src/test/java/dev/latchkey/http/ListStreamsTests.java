package dev.latchkey.http;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.HeaderAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Whole lists as streams, and errors before and after their first byte.
 */
class ListStreamsTests {

	private static final ListStreams STREAMS = RouterClient.listStreams();

	@Test
	void aListIsStreamedAsJsonLines() {
		WebTestClient.ResponseSpec response = get(
				(request) -> STREAMS.ndjson(rows(List.of("a", "b"), List.of("c")), Name::new));
		expectStreamHeaders(response).contentType(MediaType.APPLICATION_NDJSON)
			.expectBody(String.class)
			.isEqualTo("{\"name\":\"a\"}\n{\"name\":\"b\"}\n{\"name\":\"c\"}\n");
	}

	@Test
	void aListIsStreamedAsATable() {
		WebTestClient.ResponseSpec response = get((request) -> STREAMS.csv(rows(List.of("a", "=b"), List.of("c")),
				"things.csv", List.of("name", "size"), (name) -> Arrays.asList(name, null)));
		expectStreamHeaders(response).valueEquals("Content-Type", "text/csv;charset=UTF-8")
			.expectHeader()
			.valueEquals("Content-Disposition", "attachment; filename=\"things.csv\"")
			.expectBody(String.class)
			.isEqualTo("name,size\r\na,\r\n'=b,\r\nc,\r\n");
	}

	@Test
	void anEmptyTableHasItsHeaderRow() {
		get((request) -> STREAMS.csv(rows(List.of()), "things.csv", List.of("name"), (name) -> List.of(name)))
			.expectBody(String.class)
			.isEqualTo("name\r\n");
	}

	@Test
	void anErrorBeforeTheFirstPieceIsAProblem() {
		get((request) -> StreamingResponses.write(StreamingResponses.ok(MediaTypes.CSV),
				Flux.error(DomainException.notFound())))
			.expectStatus()
			.isNotFound()
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void anErrorAfterTheFirstPieceCutsTheResponseOff() {
		Flux<byte[]> pieces = Flux.just(new byte[] { 'a' }).concatWith(Flux.error(DomainException.notFound()));
		Flux<DataBuffer> body = get(
				(request) -> StreamingResponses.write(StreamingResponses.ok(MediaTypes.CSV), pieces))
			.expectStatus()
			.isOk()
			.returnResult(DataBuffer.class)
			.getResponseBody();
		StepVerifier.create(body).verifyError();
	}

	private static HeaderAssertions expectStreamHeaders(WebTestClient.ResponseSpec response) {
		return response.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectHeader()
			.valueEquals("X-Accel-Buffering", "no")
			.expectHeader()
			.valueEquals("Feed-Position", "e-7")
			.expectHeader();
	}

	@SafeVarargs
	@SuppressWarnings("varargs")
	private static ListStreams.Rows<String> rows(List<String>... pages) {
		return new ListStreams.Rows<>("e-7", Flux.fromArray(pages).map(Mono::just));
	}

	private static WebTestClient.ResponseSpec get(HandlerFunction<ServerResponse> handler) {
		return RouterClient.of(RouterFunctions.route().GET("/things", handler).build())
			.build()
			.get()
			.uri("/things")
			.exchange();
	}

	record Name(String name) {
	}

}
