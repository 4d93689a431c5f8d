package dev.latchkey.http;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.RouterClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A body is one JSON object in UTF-8, of a limited size and without unknown fields.
 */
class RequestBodiesTests {

	private final List<Thing> read = new ArrayList<>();

	private final WebTestClient client = RouterClient
		.of(RouterFunctions.route()
			.POST("/things", this::create)
			.POST("/empty", RequestBodiesTests::requireEmpty)
			.build())
		.build();

	private Mono<ServerResponse> create(ServerRequest request) {
		return RequestBodies.read(request, Thing.class)
			.doOnNext(this.read::add)
			.then(ServerResponse.noContent().build());
	}

	private static Mono<ServerResponse> requireEmpty(ServerRequest request) {
		return RequestBodies.requireEmpty(request).then(ServerResponse.noContent().build());
	}

	@Nested
	class Read {

		@ParameterizedTest
		@ValueSource(strings = { "application/json", "application/json;charset=utf-8", "APPLICATION/JSON" })
		void anObjectBecomesThePayload(String contentType) {
			send("{\"name\":\"Ada\",\"days\":3,\"urgent\":true,\"parts\":[{\"name\":\"a\"}]}", contentType)
				.expectStatus()
				.isNoContent();
			assertThat(RequestBodiesTests.this.read).containsExactly(new Thing("Ada", 3, true, List.of(new Part("a"))));
		}

		@Test
		void aFieldThatIsMissingOrNullIsNull() {
			send("{\"name\":null}", "application/json").expectStatus().isNoContent();
			assertThat(RequestBodiesTests.this.read).containsExactly(new Thing(null, null, null, null));
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{"nam":"Ada"}                        | nam
				{"parts":[{"name":"a"},{"size":1}]}  | parts.[1].size
				""")
		void anUnknownFieldIsRefusedWithItsPath(String body, String path) {
			refused(body, "There is no field with this name here.").jsonPath("$.field").isEqualTo(path);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{"name":1}                       | name           | must be a string
				{"name":true}                    | name           | must be a string
				{"name":1.5}                     | name           | must be a string
				{"name":["a"]}                   | name           | must be a string
				{"name":{}}                      | name           | must be a string
				{"name":"\\ud800"}               | name           | half of a surrogate pair
				{"days":"3"}                     | days           | must be a whole number
				{"days":1.5}                     | days           | must be a whole number
				{"days":true}                    | days           | must be a whole number
				{"days":99999999999}             | days           | must be a whole number
				{"days":99999999999999999999999} | days           | must be a whole number
				{"days":1e400}                   | days           | must be a whole number
				{"days":[]}                      | days           | must be a whole number
				{"urgent":1}                     | urgent         | must be true or false
				{"urgent":"true"}                | urgent         | must be true or false
				{"parts":{}}                     | parts          | must be an array
				{"parts":"a"}                    | parts          | must be an array
				{"parts":["a"]}                  | parts.[0]      | must be an object
				{"parts":[{"name":1}]}           | parts.[0].name | must be a string
				""")
		void aWrongTypeIsRefusedWithItsPathAndTheExpectedType(String body, String path, String expected) {
			send(body, "application/json").expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("malformed-request")
				.jsonPath("$.field")
				.isEqualTo(path)
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail).contains(expected));
			assertThat(RequestBodiesTests.this.read).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "[]", "[{\"name\":\"Ada\"}]", "\"Ada\"", "1", "{", "{\"name\":}", "{} {}", "{}x",
				"{'name':'Ada'}", "{\"name\":\"Ada\",}", "true", "nul" })
		void anythingButOneObjectIsRefused(String body) {
			refused(body, "The body isn't the JSON object that this resource expects.").jsonPath("$.field")
				.doesNotExist();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{"name":"Ada","name":"Bob"}              | name
				{"parts":[{"name":"a","name":"b"}]}      | parts.[0].name
				""")
		void aRepeatedFieldIsRefusedWithItsPath(String body, String path) {
			refused(body, "A field may occur only once in an object.").jsonPath("$.field").isEqualTo(path);
		}

		@Test
		void nullIsRefused() {
			refused("null", "The body must be a JSON object.");
		}

		@Test
		void aMissingBodyIsRefused() {
			post("/things").header(HttpHeaders.CONTENT_TYPE, "application/json")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The body must be a JSON object.");
		}

		@Test
		void bytesThatAreNotUtf8AreRefused() {
			post("/things").header(HttpHeaders.CONTENT_TYPE, "application/json")
				.bodyValue(
						new byte[] { '{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}' })
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("malformed-request")
				.jsonPath("$.detail")
				.isEqualTo("The body isn't UTF-8.");
			assertThat(RequestBodiesTests.this.read).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/plain", "application/x-ndjson", "application/problem+json",
				"application/octet-stream", "application/json;charset=iso-8859-1", "application/json;charset=utf-16" })
		void anotherMediaTypeOrCharsetIsRefused(String contentType) {
			send("{}", contentType).expectStatus()
				.isEqualTo(415)
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("unsupported-media-type");
			assertThat(RequestBodiesTests.this.read).isEmpty();
		}

		@Test
		void aBodyWithoutAMediaTypeIsRefused() {
			post("/things").exchange().expectStatus().isEqualTo(415);
		}

		@Test
		void aCompressedBodyIsRefused() {
			coded("gzip").expectStatus().isEqualTo(415);
			coded("identity").expectStatus().isNoContent();
		}

		@Test
		void aBodyIsRefusedByItsAnnouncedLength() {
			post("/things").header(HttpHeaders.CONTENT_TYPE, "application/json")
				.contentLength(16 * 1024 + 1)
				.body(Flux.just("{}"), String.class)
				.exchange()
				.expectStatus()
				.isEqualTo(413);
			assertThat(RequestBodiesTests.this.read).isEmpty();
		}

		@Test
		void aBodyIsLimitedTo16KibibytesWhateverItsPieces() {
			String frame = "{\"name\":\"\"}";
			pieces("a".repeat(16 * 1024 - frame.length())).expectStatus().isNoContent();
			pieces("a".repeat(16 * 1024 - frame.length() + 1)).expectStatus()
				.isEqualTo(413)
				.expectBody()
				.jsonPath("$.code")
				.isEqualTo("body-too-large");
			assertThat(RequestBodiesTests.this.read).hasSize(1);
		}

		private WebTestClient.ResponseSpec coded(String coding) {
			return post("/things").header(HttpHeaders.CONTENT_TYPE, "application/json")
				.header(HttpHeaders.CONTENT_ENCODING, coding)
				.bodyValue("{}")
				.exchange();
		}

		private WebTestClient.ResponseSpec pieces(String name) {
			return post("/things").header(HttpHeaders.CONTENT_TYPE, "application/json")
				.body(Flux.just("{\"name\":\"", name, "\"}"), String.class)
				.exchange();
		}

		private WebTestClient.BodyContentSpec refused(String body, String detail) {
			WebTestClient.BodyContentSpec problem = send(body, "application/json").expectStatus()
				.isBadRequest()
				.expectBody();
			assertThat(RequestBodiesTests.this.read).isEmpty();
			return problem.jsonPath("$.code").isEqualTo("malformed-request").jsonPath("$.detail").isEqualTo(detail);
		}

		private WebTestClient.ResponseSpec send(String body, String contentType) {
			return post("/things").header(HttpHeaders.CONTENT_TYPE, contentType).bodyValue(body).exchange();
		}

	}

	@Nested
	class RequireEmpty {

		@Test
		void noBodyIsAccepted() {
			post("/empty").exchange().expectStatus().isNoContent();
			post("/empty").bodyValue("").exchange().expectStatus().isNoContent();
		}

		@Test
		void anyBodyIsRefused() {
			post("/empty").bodyValue("{}")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("This request must not have a body.");
		}

	}

	@Nested
	class RequireField {

		@Test
		void aValueIsReturned() {
			assertThat(RequestBodies.requireField("name", "Ada")).isEqualTo("Ada");
		}

		@Test
		void aMissingValueIsRefusedWithTheNameOfTheField() {
			var refusal = refusalOf(() -> RequestBodies.requireField("name", null));
			assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
			assertThat(refusal.properties()).containsEntry("field", "name");
		}

	}

	private WebTestClient.RequestBodySpec post(String path) {
		return this.client.post().uri(path);
	}

	record Thing(@Nullable String name, @Nullable Integer days, @Nullable Boolean urgent, @Nullable List<Part> parts) {
	}

	record Part(@Nullable String name) {
	}

}
