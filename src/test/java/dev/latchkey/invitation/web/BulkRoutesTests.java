package dev.latchkey.invitation.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.BodyInserters;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.web.OwnerClient.INVITATIONS;
import static dev.latchkey.invitation.web.OwnerCommandRoutesTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bulk request gets one result for each line, in order, and a last line if it was
 * interrupted.
 */
class BulkRoutesTests {

	private static final MediaType CSV = new MediaType("text", "csv");

	private static final InvitationId EARLIER = new InvitationId(new UUID(0, 900));

	private final OwnerClient routes = new OwnerClient();

	private final TestInvitations invitations = this.routes.invitations;

	@Nested
	class JsonLines {

		@Test
		void getAResultEach() {
			BulkRoutesTests.this.invitations.bulkState((state) -> state.member("member@example.com")
				.live("pending@example.com", EARLIER)
				.overdue("old@example.com", EARLIER));
			List<JsonNode> results = results(send(MediaType.APPLICATION_NDJSON,
					String.join("", line("kim@example.com"), line("member@example.com"), line("pending@example.com"),
							line("old@example.com"), "\n", "{\"email\":\"kim\",\"permissions\":[\"invoices\"]}\n",
							line("kim@example.com"))));
			assertThat(results)
				.extracting((result) -> result.path("line").asInt() + " " + result.path("status").asString())
				.containsExactly("1 created", "2 already-member", "3 already-pending", "4 created", "6 refused",
						"7 already-pending");
			assertThat(results.get(0).path("id").asString()).isEqualTo(results.get(5).path("id").asString());
			assertThat(results.get(2).path("id").asString()).isEqualTo(EARLIER.toString());
			assertThat(results.get(1).size()).isEqualTo(2);
			assertThat(results.get(4).path("problem").path("code").asString()).isEqualTo("invalid-email");
			assertThat(results.get(4).path("problem").path("status").asInt()).isEqualTo(400);
			assertThat(results.get(4).path("problem").path("field").asString()).isEqualTo("email");
			assertThat(BulkRoutesTests.this.invitations.notified()).containsOnly(ACCOUNT);
		}

		@Test
		void areReadAcrossBuffers() {
			String line = line("kim@example.com");
			assertThat(results(send(MediaType.APPLICATION_NDJSON, line.substring(0, 9), line.substring(9))))
				.extracting((result) -> result.path("status").asString())
				.containsExactly("created");
		}

		@Test
		void haveProblemsInTheLanguageOfTheClient() {
			ResponseSpec response = BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS)
				.header("Accept-Language", "de")
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue("{}")
				.exchange();
			response.expectHeader().valueEquals("Content-Language", "de");
			assertThat(results(response).get(0).path("problem").path("title").asString())
				.isEqualTo(RouterClient.languages().translations(Locale.GERMAN).text("problem.malformed-request"));
		}

		@Test
		void ofALimitNameTheWait() {
			BulkRoutesTests.this.invitations.bulkState((state) -> state.creations(10, 10));
			JsonNode result = results(send(MediaType.APPLICATION_NDJSON, line("kim@example.com"))).get(0);
			assertThat(result.path("status").asString()).isEqualTo("refused");
			assertThat(result.path("problem").path("code").asString()).isEqualTo("limit-reached");
			assertThat(result.path("problem").path("retryAfter").asInt()).isEqualTo(420);
			assertThat(BulkRoutesTests.this.invitations.notified()).isEmpty();
		}

		@Test
		void haveKeysIfTheRequestHasOne() {
			BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS)
				.header("Idempotency-Key", "import-1")
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue(line("kim@example.com") + line("lee@example.com"))
				.exchange()
				.expectStatus()
				.isOk();
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).extracting((row) -> row.key().orElseThrow().key())
				.containsExactly("import-1 1", "import-1 2");
		}

		@Test
		void thatAreAllBrokenNeedNoDatabase() {
			BulkRoutesTests.this.invitations.failBulkAfter(0);
			assertThat(results(send(MediaType.APPLICATION_NDJSON, "broken\n", "[]\n")))
				.extracting((result) -> result.path("status").asString())
				.containsExactly("refused", "refused");
		}

	}

	@Nested
	class Table {

		@Test
		void mayHaveItsColumnsInAnyOrderAndQuotes() {
			List<JsonNode> results = results(
					send(CSV, "\uFEFFpermissions;email;expiresInDays\n\"invoices domains\";\"kim@example.com\";3\r\n",
							"invoices;lee;\ninvoices\n"));
			assertThat(results)
				.extracting((result) -> result.path("line").asInt() + " " + result.path("status").asString())
				.containsExactly("2 created", "3 refused", "4 refused");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).extracting(BulkLine.Row::key)
				.containsExactly(Optional.empty());
		}

		@ParameterizedTest
		@ValueSource(strings = { "name\nKim\n", "email\nkim@example.com\n", "kim@example.com,invoices\n" })
		void withoutAHeaderIsRefused(String body) {
			assertProblem(send(CSV, body), 400, "malformed-request");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).isEmpty();
		}

		@Test
		void withAHeaderOnlyIsRefused() {
			assertProblem(send(CSV, "email,permissions\n"), 400, "malformed-request");
		}

	}

	@Nested
	class Request {

		@ParameterizedTest
		@ValueSource(strings = { "application/x-ndjson", "text/csv" })
		void withoutLinesIsRefused(String type) {
			assertProblem(send(MediaType.parseMediaType(type), " \n\n"), 400, "malformed-request");
		}

		@ParameterizedTest
		@ValueSource(strings = { "application/x-ndjson", "text/csv" })
		void needsTheOwner(String type) {
			MediaType media = MediaType.parseMediaType(type);
			assertProblem(
					send(BulkRoutesTests.this.routes.signedInAs(TestInvitations.MEMBER), media, "email,permissions\n"),
					403, "owner-only");
			assertProblem(send(BulkRoutesTests.this.routes.anonymous(), media, "email,permissions\n"), 401,
					"not-signed-in");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).isEmpty();
		}

		@Test
		void withAnInvalidKeyIsRefused() {
			assertProblem(BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS)
				.header("Idempotency-Key", "two words")
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue(line("kim@example.com"))
				.exchange(), 400, "malformed-request");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).isEmpty();
		}

		@Test
		void thatFailsBeforeItsFirstResultIsAProblem() {
			BulkRoutesTests.this.invitations.failBulkAfter(0);
			assertProblem(send(MediaType.APPLICATION_NDJSON, line("kim@example.com")), 500, "internal-error");
		}

		@Test
		void thatFailsLaterEndsWithALineAboutIt() {
			BulkRoutesTests.this.invitations.failBulkAfter(1);
			List<JsonNode> results = results(
					send(MediaType.APPLICATION_NDJSON, line("kim@example.com"), line("lee@example.com")));
			assertThat(results).hasSize(2);
			assertThat(results.get(0).path("status").asString()).isEqualTo("created");
			assertInterrupted(results.get(1), "internal-error");
		}

		@Test
		void ofAnEndedSessionEndsWithALineAboutIt() {
			Flux<String> body = Flux.just(line("kim@example.com")).concatWith(Flux.defer(() -> {
				BulkRoutesTests.this.routes.session.end();
				return Flux.never();
			}));
			List<JsonNode> results = results(
					send(BulkRoutesTests.this.routes.owner(), MediaType.APPLICATION_NDJSON, body));
			assertInterrupted(results.get(results.size() - 1), "not-signed-in");
		}

		@Test
		void duringAShutdownEndsWithALineAboutIt() {
			Flux<String> body = Flux.just(line("kim@example.com")).concatWith(Flux.defer(() -> {
				BulkRoutesTests.this.routes.shutdown.startClosing(Duration.ZERO);
				return Flux.never();
			}));
			List<JsonNode> results = results(
					send(BulkRoutesTests.this.routes.owner(), MediaType.APPLICATION_NDJSON, body));
			assertThat(results.get(0).path("status").asString()).isEqualTo("created");
			assertInterrupted(results.get(1), "unavailable");
		}

		private void assertInterrupted(JsonNode last, String code) {
			assertThat(last.path("status").asString()).isEqualTo("interrupted");
			assertThat(last.has("line")).isFalse();
			assertThat(last.path("problem").path("code").asString()).isEqualTo(code);
		}

	}

	private ResponseSpec send(MediaType type, String... buffers) {
		return send(this.routes.owner(), type, buffers);
	}

	private static ResponseSpec send(WebTestClient client, MediaType type, String... buffers) {
		return send(client, type, Flux.just(buffers));
	}

	private static ResponseSpec send(WebTestClient client, MediaType type, Flux<String> buffers) {
		Flux<DataBuffer> body = buffers
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return client.post().uri(INVITATIONS).contentType(type).body(BodyInserters.fromDataBuffers(body)).exchange();
	}

	private static List<JsonNode> results(ResponseSpec response) {
		String body = Objects.requireNonNull(response.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_NDJSON)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
		assertThat(body).endsWith("\n");
		return body.lines().map((line) -> RouterClient.jsonMapper().readTree(line)).toList();
	}

	private static String line(String email) {
		return "{\"email\":\"" + email + "\",\"permissions\":[\"invoices\"]}\n";
	}

}
