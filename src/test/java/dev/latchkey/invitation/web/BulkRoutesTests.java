package dev.latchkey.invitation.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.invitation.BulkLine;
import dev.latchkey.invitation.BulkResult;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
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
			BulkRoutesTests.this.invitations.bulkReturns("member@example.com", BulkResult.AlreadyMember::new);
			BulkRoutesTests.this.invitations.bulkReturns("pending@example.com",
					(line) -> new BulkResult.AlreadyPending(line, EARLIER));
			BulkRoutesTests.this.invitations.bulkReturns("repeated@example.com",
					(line) -> new BulkResult.Created(line, EARLIER, true));
			List<JsonNode> results = results(send(MediaType.APPLICATION_NDJSON,
					String.join("", line("kim@example.com"), line("member@example.com"), line("pending@example.com"),
							line("repeated@example.com"), "\n", "{\"email\":\"kim\",\"permissions\":[\"invoices\"]}\n",
							"{\"email\":\"kim@example.com\",\"permissions\":[]}\n", line("lee@example.com"))));
			assertThat(results)
				.extracting((result) -> result.path("line").asInt() + " " + result.path("status").asString())
				.containsExactly("1 created", "2 already-member", "3 already-pending", "4 created", "6 refused",
						"7 refused", "8 created");
			assertThat(results).extracting((result) -> result.path("replayed").asBoolean(false))
				.containsExactly(false, false, false, true, false, false, false);
			assertThat(results.get(5).path("problem").path("code").asString()).isEqualTo("empty-permissions");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).extracting(BulkLine::number)
				.containsExactly(1L, 2L, 3L, 4L, 8L);
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
			BulkRoutesTests.this.invitations.bulkReturns("kim@example.com", (line) -> new BulkResult.Refused(line,
					DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(Duration.ofMinutes(7))));
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
		void withUnknownColumnsGetsALineAboutThemFirst() {
			List<JsonNode> results = results(send(CSV, "Name,Email,Permissions,Phone\nKim,kim@example.com,Invoices,1\n",
					"Lee,lee@example.com,all,\n"));
			assertThat(results.get(0).toString())
				.isEqualTo("{\"line\":1,\"status\":\"columns-ignored\",\"columns\":[\"Name\",\"Phone\"]}");
			assertThat(results.subList(1, 3))
				.extracting((result) -> result.path("line").asInt() + " " + result.path("status").asString())
				.containsExactly("2 created", "3 refused");
			assertThat(results.get(2).path("problem").path("detail").asString())
				.isEqualTo("There is no permission with the name \"all\".");
		}

		@Test
		void withoutAnAddressIsRefusedAndItsColumnsAreNamed() {
			send(CSV, "Name;Rights\nKim;invoices\n").expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail).endsWith(" It contains: Name, Rights"));
		}

		@Test
		void mayHaveCellsWithLineBreaks() {
			List<JsonNode> results = results(send(CSV, "email,permissions,note\nkim@example.com,\"invoices\ndom",
					"ains\",\"a\rb\"\n\"lee@example.com,quotes,\nann@example.com,quotes,x\n"));
			assertThat(results)
				.extracting((result) -> result.path("line").asInt(1) + " " + result.path("status").asString())
				.containsExactly("1 columns-ignored", "2 created", "5 refused", "6 created");
			assertThat(BulkRoutesTests.this.invitations.bulkRows())
				.extracting((row) -> row.invitation().permissions().keys())
				.containsExactly(List.of("domains", "invoices"), List.of("quotes"));
		}

		@Test
		void withAHeaderOnlyIsRefused() {
			assertProblem(send(CSV, "email,permissions\n"), 400, "malformed-request");
		}

	}

	@Nested
	class DryRun {

		private static final String UTF_8 = "text/csv;charset=utf-8";

		@Test
		void createsNothingAndTellsWhatWasUnderstood() {
			BulkRoutesTests.this.invitations.bulkReturns("member@example.com", BulkResult.AlreadyMember::new);
			BulkRoutesTests.this.invitations.bulkReturns("pending@example.com",
					(line) -> new BulkResult.AlreadyPending(line, EARLIER));
			assertThat(check("application/x-ndjson", """
					{"email":"Kim@Example.com","permissions":["invoices","domains"],"expiresInDays":3}
					{"email":"member@example.com","permissions":["quotes"]}
					{"email":"pending@example.com","permissions":["quotes"],"locale":"de"}
					{"email":"Lee@example.com","permissions":[]}
					{"email":"lee@example.com","permissions":["quotes","nonsense"]}
					nonsense
					""".getBytes(StandardCharsets.UTF_8))).containsExactly(
					"1 valid Kim@example.com [domains, invoices] null 3",
					"2 already-member member@example.com [quotes] null null",
					"3 already-pending pending@example.com [quotes] de null",
					"4 refused empty-permissions Lee@example.com [] null null",
					"5 refused unknown-permission lee@example.com [quotes, nonsense] null null",
					"6 refused malformed-request");
			assertThat(BulkRoutesTests.this.invitations.bulkRows()).isEmpty();
			assertThat(BulkRoutesTests.this.invitations.notified()).isEmpty();
		}

		@Test
		void hasNoIdsInItsResults() {
			BulkRoutesTests.this.invitations.bulkReturns("pending@example.com",
					(line) -> new BulkResult.AlreadyPending(line, EARLIER));
			List<JsonNode> results = results(
					BulkRoutesTests.this.checkInBatches(line("a@example.com"), line("pending@example.com")));
			assertThat(results).extracting((result) -> result.path("status").asString())
				.containsExactly("valid", "already-pending");
			assertThat(results).allSatisfy((result) -> assertThat(result.has("id")).isFalse());
		}

		@Test
		void ofATableWithoutPermissionsStillTellsTheAddresses() {
			assertThat(check(UTF_8, "E-Mail\nkim@example.com\nlee\n".getBytes(StandardCharsets.UTF_8))).containsExactly(
					"2 refused empty-permissions kim@example.com [] null null",
					"3 refused invalid-email lee [] null null");
		}

		@Test
		void hasNoIdempotencyKey() {
			BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS + "?dry-run=true")
				.header("Idempotency-Key", "two words")
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue(line("kim@example.com"))
				.exchange()
				.expectStatus()
				.isOk();
		}

		@Test
		void mayBeSwitchedOff() {
			ResponseSpec response = BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS + "?dry-run=false")
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue(line("kim@example.com"))
				.exchange();
			assertThat(results(response).get(0).path("status").asString()).isEqualTo("created");
		}

		@ParameterizedTest
		@ValueSource(strings = { "dry-run", "dry-run=yes", "dry-run=TRUE", "dry-run=true&dry-run=true", "dryRun=true" })
		void hasOneParameterThatIsTrueOrFalse(String query) {
			assertProblem(BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS + "?" + query)
				.contentType(MediaType.APPLICATION_NDJSON)
				.bodyValue(line("kim@example.com"))
				.exchange(), 400, "malformed-request");
		}

		@Test
		void ofOneInvitationAsJsonIsRefused() {
			assertProblem(BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS + "?dry-run=true")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(line("kim@example.com"))
				.exchange(), 400, "malformed-request").jsonPath("$.field")
				.isEqualTo("dry-run")
				.jsonPath("$.detail")
				.value(String.class, (detail) -> assertThat(detail).contains("application/json"));
		}

		@Test
		void needsTheOwner() {
			assertProblem(BulkRoutesTests.this.routes.signedInAs(TestInvitations.MEMBER)
				.post()
				.uri(INVITATIONS + "?dry-run=true")
				.contentType(CSV)
				.bodyValue("nonsense")
				.exchange(), 403, "owner-only");
		}

		/**
		 * Each table is written as the program writes it, with its separator, line ends
		 * and charset.
		 */
		static Stream<Arguments> tables() {
			return Stream.of(
					Arguments.of("Excel, German, CSV", "text/csv;charset=windows-1252",
							bytes("windows-1252", "\r\n", "sep=;", "Name;E-Mail;Berechtigungen;Gültig (Tage)",
									"Jörg;kim@example.com;Rechnungen ansehen und bezahlen, Domains ansehen;14")),
					Arguments.of("Excel, German, CSV UTF-8", UTF_8,
							bytes("UTF-8", "\r\n", "\uFEFFName;E-Mail;Berechtigungen;Gültig (Tage)",
									"Jörg;kim@example.com;invoices domains;14", ";;;")),
					Arguments.of("Excel, Unicode text", "text/csv",
							bytes("UTF-16LE", "\r\n", "\uFEFFName\tE-Mail\tRights\tValid for days",
									"Jörg\tkim@example.com\t\"View Domains, View & Pay Invoices\"\t14")),
					Arguments.of("Excel for Mac, CSV", "text/csv;charset=iso-8859-1",
							bytes("ISO-8859-1", "\r", "Name,Email,Permissions,Days",
									"Jörg,kim@example.com,\"domains,invoices\",14")),
					Arguments.of("Google Sheets", UTF_8,
							bytes("UTF-8", "\r\n", "Name,Email Address,Permissions,Valid for",
									"\"Jörg, Kim\",kim@example.com,\"View Domains\nView & Pay Invoices\",14")),
					Arguments.of("LibreOffice, tabs", "text/csv", bytes("UTF-8", "\n",
							"Name\tE-Mail\tPermissions\tDays", "\"Jörg\"\tkim@example.com\tDOMAINS | INVOICES\t14")));
		}

		@ParameterizedTest(name = "{0}")
		@MethodSource("tables")
		void readsTablesOfAllPrograms(String program, String contentType, byte[] table) {
			assertThat(check(contentType, table)).hasSize(2).first().asString().contains("columns-ignored [\"Name\"]");
			assertThat(check(contentType, table)).last()
				.asString()
				.contains(" valid kim@example.com [domains, invoices] null 14");
		}

		private List<String> check(String contentType, byte[] body) {
			return results(BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS + "?dry-run=true")
				.header("Content-Type", contentType)
				.bodyValue(body)
				.exchange()).stream().map(DryRun::text).toList();
		}

		private static String text(JsonNode line) {
			JsonNode invitation = line.path("invitation");
			String problem = line.has("problem") ? " " + line.path("problem").path("code").asString() : "";
			String entered = invitation.isMissingNode() ? ""
					: " " + invitation.path("email").asString() + " "
							+ invitation.path("permissions").valueStream().map(JsonNode::asString).toList() + " "
							+ invitation.path("locale").asString("null") + " "
							+ invitation.path("expiresInDays").asString("null");
			String columns = line.has("columns") ? " " + line.path("columns") : "";
			return line.path("line").asInt() + " " + line.path("status").asString() + problem + columns + entered;
		}

		private static byte[] bytes(String charset, String lineEnd, String... lines) {
			return (String.join(lineEnd, lines) + lineEnd).getBytes(Charset.forName(charset));
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

		@ParameterizedTest
		@ValueSource(strings = { "text/csv;charset=utf-32", "application/x-ndjson;charset=iso-8859-1",
				"application/json;charset=iso-8859-1", "application/json;charset=utf-16" })
		void inAnUnsupportedCharsetIsRefused(String contentType) {
			assertProblem(BulkRoutesTests.this.routes.owner()
				.post()
				.uri(INVITATIONS)
				.header("Content-Type", contentType)
				.bodyValue(line("kim@example.com").getBytes(StandardCharsets.UTF_8))
				.exchange(), 415, "unsupported-media-type");
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

	private ResponseSpec checkInBatches(String... lines) {
		Flux<DataBuffer> body = Flux.fromArray(lines)
			.map((text) -> DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
		return this.routes.owner()
			.post()
			.uri(INVITATIONS + "?dry-run=true")
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(BodyInserters.fromDataBuffers(body))
			.exchange();
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
