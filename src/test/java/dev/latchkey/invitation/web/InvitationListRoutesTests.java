package dev.latchkey.invitation.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.invitation.DeliveryReports.Attempt;
import dev.latchkey.invitation.DeliveryReports.Report;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationBuilder;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.shared.UserId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static dev.latchkey.invitation.web.OwnerClient.INVITATIONS;
import static dev.latchkey.invitation.web.OwnerCommandRoutesTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The owner's reads over HTTP: the list as pages and as streams, and a single invitation.
 */
class InvitationListRoutesTests {

	private static final MediaType CSV = new MediaType("text", "csv");

	private static final String EVENT = """
			{"seq":5,"type":"invitation.created","at":"2026-05-04T10:00:00Z","actor":{"kind":"system"}}""";

	private final OwnerClient routes = new OwnerClient();

	private final TestInvitations invitations = this.routes.invitations;

	private final WebTestClient client = this.routes.owner();

	@Nested
	class ListOfInvitations {

		@BeforeEach
		void invite() {
			add(1, "ann@example.com", InvitationStatus.ACCEPTED);
			add(2, "Bob@example.com", InvitationStatus.PENDING);
			add(3, "bobby@other.com", InvitationStatus.REVOKED);
			add(4, "cem@example.com", InvitationStatus.EXPIRED);
		}

		@Test
		void hasItemsCountsAndThePositionInTheFeed() {
			list("?q=ann").expectStatus()
				.isOk()
				.expectBody()
				.json("""
						{"items":[%s],"next":null,"position":"77-0",
						 "counts":{"pending":1,"accepted":1,"declined":0,"revoked":1,"expired":1}}
						""".formatted(OwnerClient.json(anInvitation(1).status(InvitationStatus.ACCEPTED).build())
					.replace("Kim@", "ann@")
					.replace("\"expiresAt\"", "\"endedAt\":\"2026-05-04T10:01:00Z\",\"expiresAt\"")),
						JsonCompareMode.STRICT);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				value = { "'' | 4,3,2,1", "?status=pending | 2", "?status=expired | 4", "?status=declined | ''",
						"?q=BOB | 3,2", "?q=example.com&status=accepted | 1", "?q=%20%20 | 4,3,2,1",
						"?limit=3&cursor=4 | 3,2,1", "?limit=100 | 4,3,2,1", "?cursor=1 | ''" })
		void isFilteredByItsParameters(String query, String numbers) {
			list(query).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.items[*].id")
				.value(List.class,
						(ids) -> assertThat((Object) ids).isEqualTo(Stream.of(numbers.split(",", -1))
							.filter((number) -> !number.isEmpty())
							.map(InvitationListRoutesTests::id)
							.toList()));
		}

		@Test
		void linksItsPages() {
			list("?limit=2&q=e").expectHeader()
				.valueEquals("Link",
						"<" + INVITATIONS + "?limit=2&q=e>; rel=\"first\", <" + INVITATIONS
								+ "?limit=2&q=e&cursor=3>; rel=\"next\"")
				.expectBody()
				.jsonPath("$.next")
				.isEqualTo("3");
			list("?limit=2&cursor=3").expectHeader()
				.valueEquals("Link", "<" + INVITATIONS + "?limit=2>; rel=\"first\"")
				.expectBody()
				.jsonPath("$.next")
				.isEqualTo(null);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|',
				value = { "?status=PENDING | malformed-request | status", "?status= | malformed-request | status",
						"?limit=0 | malformed-request | limit", "?limit=101 | malformed-request | limit",
						"?limit=ten | malformed-request | limit", "?cursor=abc | invalid-cursor | ",
						"?cursor=-1 | invalid-cursor | ", "?sort=email | malformed-request | sort",
						"?status=pending&status=expired | malformed-request | status" })
		void refusesInvalidParameters(String query, String code, String field) {
			WebTestClient.BodyContentSpec problem = assertProblem(list(query), 400, code);
			if (field != null) {
				problem.jsonPath("$.field").isEqualTo(field);
			}
		}

		@Test
		void refusesALongSearch() {
			list("?q=" + "x".repeat(100)).expectStatus().isOk();
			assertProblem(list("?q=" + "x".repeat(101)), 400, "malformed-request").jsonPath("$.field").isEqualTo("q");
		}

		@Test
		void isForTheOwnerOnly() {
			assertProblem(get(InvitationListRoutesTests.this.routes.signedInAs(TestInvitations.MEMBER)), 403,
					"owner-only");
			assertProblem(get(InvitationListRoutesTests.this.routes.signedInAs(new UserId(UUID.randomUUID()))), 404,
					"not-found");
			assertProblem(get(InvitationListRoutesTests.this.routes.anonymous()), 401, "not-signed-in");
		}

		private ResponseSpec list(String query) {
			return InvitationListRoutesTests.this.client.get().uri(URI.create(INVITATIONS + query)).exchange();
		}

		private ResponseSpec get(WebTestClient other) {
			return other.get().uri(INVITATIONS).exchange();
		}

	}

	@Nested
	class StreamedList {

		@Test
		void ofJsonHasALineForEveryInvitationOfAllPages() {
			for (int number = 1; number <= 120; number++) {
				add(number, "kim" + number + "@example.com", InvitationStatus.PENDING);
			}
			String body = Objects.requireNonNull(stream(MediaType.APPLICATION_NDJSON, "").expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_NDJSON)
				.expectHeader()
				.valueEquals("Feed-Position", "77-0")
				.expectHeader()
				.valueEquals("Cache-Control", "no-store")
				.expectBody(String.class)
				.returnResult()
				.getResponseBody());
			assertThat(body.lines()).hasSize(120);
			assertThat(body.lines().findFirst().orElseThrow()).contains("\"email\":\"kim120@example.com\"");
			assertThat(body).endsWith("\n");
		}

		@Test
		void ofCsvHasAHeaderAndQuotesCells() {
			InvitationListRoutesTests.this.invitations
				.add(anInvitation(1).permissions("products", "invoices").declined("No, \"thanks\""));
			String body = stream(CSV, "?status=declined").expectStatus()
				.isOk()
				.expectHeader()
				.contentTypeCompatibleWith(CSV)
				.expectHeader()
				.valueEquals("Content-Disposition", "attachment; filename=\"invitations.csv\"")
				.expectHeader()
				.valueEquals("Feed-Position", "77-0")
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(body).isEqualTo("id,email,permissions,status,delivery,sendCount,locale,createdAt,issuedAt,"
					+ "expiresAt,endedAt,declineReason\r\n" + anInvitation(1).build().id()
					+ ",Kim@example.com,products invoices,declined,sent,1,en,2026-05-04T10:00:00Z,"
					+ "2026-05-04T10:00:00Z,2126-05-11T10:00:00Z,2026-05-04T10:01:00Z,\"No, \"\"thanks\"\"\"\r\n");
		}

		@Test
		void ofAnEmptyListIsEmptyOrHasTheHeaderOnly() {
			stream(MediaType.APPLICATION_NDJSON, "").expectStatus().isOk().expectBody().isEmpty();
			assertThat(stream(CSV, "").expectBody(String.class).returnResult().getResponseBody()).isNotNull()
				.satisfies((body) -> assertThat(body.lines()).hasSize(1));
		}

		@ParameterizedTest
		@ValueSource(strings = { "limit=5", "cursor=5" })
		void hasNoPages(String parameter) {
			assertProblem(stream(MediaType.APPLICATION_NDJSON, "?" + parameter), 400, "malformed-request");
			assertProblem(stream(CSV, "?" + parameter), 400, "malformed-request");
		}

		@Test
		void isForTheOwnerOnly() {
			for (MediaType type : List.of(MediaType.APPLICATION_NDJSON, CSV)) {
				assertProblem(InvitationListRoutesTests.this.routes.signedInAs(TestInvitations.MEMBER)
					.get()
					.uri(INVITATIONS)
					.accept(type)
					.exchange(), 403, "owner-only");
			}
		}

		@Test
		void isNotOfferedAsXml() {
			assertProblem(stream(MediaType.APPLICATION_XML, ""), 406, "not-acceptable");
		}

		private ResponseSpec stream(MediaType type, String query) {
			return InvitationListRoutesTests.this.client.get().uri(INVITATIONS + query).accept(type).exchange();
		}

	}

	@Nested
	class SingleInvitation {

		private final Invitation invitation = InvitationListRoutesTests.this.invitations.add(anInvitation().version(2));

		@Test
		void hasItsDeliveryAndTimeline() {
			InvitationListRoutesTests.this.routes.events.add(OwnerClient.event(5, "invitation.created"));
			InvitationListRoutesTests.this.routes.report = new Report(
					List.of(new Attempt(1, 1, Instant.parse("2026-05-04T10:00:01Z"), "failed", 451, "try later")),
					Instant.parse("2026-05-04T10:05:00Z"), true);
			String expected = OwnerClient.json(this.invitation)
				.replace("{\"status\":\"sent\"}", """
						{"status":"sent","attempts":[{"mail":1,"attempt":1,"at":"2026-05-04T10:00:01Z",
						 "outcome":"failed","code":451,"answer":"try later"}],
						 "nextAttemptAt":"2026-05-04T10:05:00Z","deferred":true}""")
				.replace("\"expiresAt\"", "\"timeline\":[" + EVENT + "],\"expiresAt\"");
			get("").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"2\"")
				.expectBody()
				.json(expected, JsonCompareMode.STRICT);
		}

		@Test
		void hasATimelineOfItsOwn() {
			InvitationListRoutesTests.this.routes.events.add(OwnerClient.event(5, "invitation.created"));
			get("/events").expectStatus()
				.isOk()
				.expectBody()
				.json("{\"items\":[" + EVENT + "]}", JsonCompareMode.STRICT);
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/events", "/permissions" })
		void isForTheOwnerOnly(String path) {
			String uri = INVITATIONS + "/" + this.invitation.id() + path;
			assertProblem(
					InvitationListRoutesTests.this.routes.signedInAs(TestInvitations.MEMBER).get().uri(uri).exchange(),
					403, "owner-only");
			assertProblem(InvitationListRoutesTests.this.routes.anonymous().get().uri(uri).exchange(), 401,
					"not-signed-in");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "/events", "/permissions" })
		void isNotFoundByAnotherId(String path) {
			assertProblem(InvitationListRoutesTests.this.client.get()
				.uri(INVITATIONS + "/" + anInvitation(99).build().id() + path)
				.exchange(), 404, "not-found");
			assertProblem(InvitationListRoutesTests.this.client.get().uri(INVITATIONS + "/99" + path).exchange(), 400,
					"malformed-request");
		}

		private ResponseSpec get(String path) {
			return InvitationListRoutesTests.this.client.get()
				.uri(INVITATIONS + "/" + this.invitation.id() + path)
				.exchange();
		}

	}

	private void add(long number, String email, InvitationStatus status) {
		InvitationBuilder invitation = anInvitation(number).email(email).status(status);
		this.invitations.add(invitation);
	}

	private static String id(String number) {
		return anInvitation(Long.parseLong(number)).build().id().toString();
	}

}
