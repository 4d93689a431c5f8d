package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.latchkey.testing.AccountAudit;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.DatabaseTest;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.TestDatabase;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.Watcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Creating many invitations with one request: each line gets a result, by the rules for a
 * single invitation.
 */
@DatabaseTest
class BulkTests {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String NDJSON = "application/x-ndjson";

	static TestDatabase database;

	static Service service;

	static TestUsers users;

	private Owner owner;

	@BeforeAll
	static void start() {
		database = TestDatabase.create();
		service = Service.on(database).set("latchkey.invitations.max-resends-per-day", "3").start();
		users = new TestUsers(service);
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@BeforeEach
	void createAccount() {
		this.owner = users.anOwner();
	}

	@AfterEach
	void checkAllAccounts() {
		new AccountAudit(database).check();
	}

	@Nested
	class EachLine {

		@Test
		void createsTheSameInvitationAsASingleRequest() {
			List<JsonNode> results = bulk(line("ann@example.test", "domains", "invoices"),
					line("Bob@Example.test", "tickets"));
			assertThat(statuses(results)).containsExactly("created", "created");
			JsonNode single = BulkTests.this.owner.client()
				.get(BulkTests.this.owner.path("/invitations/" + results.get(1).path("id").asString()))
				.json();
			assertThat(single.path("email").asString()).isEqualTo("Bob@example.test");
			assertThat(single.path("permissions").toString()).isEqualTo("[\"tickets\"]");
			assertThat(single.path("status").asString()).isEqualTo("pending");
			assertThat(single.path("timeline").get(0).path("type").asString()).isEqualTo("invitation.created");
		}

		@Test
		void sendsAMail() {
			String before = BulkTests.this.owner.client().get(BulkTests.this.owner.path("/invitations")).at("position");
			List<JsonNode> results = bulk(line("post1@example.test", "quotes"), line("post2@example.test", "quotes"));
			Set<String> sent = new HashSet<>();
			try (Watcher watcher = BulkTests.this.owner.client().watch(BulkTests.this.owner.account(), before)) {
				while (sent.size() < 2) {
					sent.add(watcher.await((event) -> event.event().equals("invitation.sent"))
						.data()
						.path("invitation")
						.path("id")
						.asString());
				}
			}
			assertThat(sent).containsExactlyInAnyOrderElementsOf(ids(results));
		}

		@Test
		void hasItsOwnResultInOrder() {
			Response pending = BulkTests.this.owner.invite("open@example.test", "quotes");
			List<JsonNode> results = bulk(line("first@example.test", "quotes"), "{\"email\":",
					line("no address", "quotes"), line("open@example.test", "quotes"),
					line(BulkTests.this.owner.person().address(), "quotes"), line("x@example.test", "nonsense"),
					line("y@example.test"), "[1]", "null",
					"{\"email\":\"z@example.test\",\"permissions\":[\"quotes\"],\"owner\":true}",
					line("last@example.test", "quotes"));
			assertThat(statuses(results)).containsExactly("created", "refused", "refused", "already-pending",
					"already-member", "refused", "refused", "refused", "refused", "refused", "created");
			assertThat(results.stream().map((result) -> result.path("line").asInt())).containsExactly(1, 2, 3, 4, 5, 6,
					7, 8, 9, 10, 11);
			assertThat(codes(results)).containsExactly("malformed-request", "invalid-email", "unknown-permission",
					"empty-permissions", "malformed-request", "malformed-request", "malformed-request");
			assertThat(results.get(3).path("id").asString()).isEqualTo(pending.at("id"));
			assertThat(results.get(9).path("problem").path("field").asString()).isEqualTo("owner");
			assertThat(pendingCount()).isEqualTo(3);
		}

		@Test
		void isAlreadyPendingIfTheAddressIsRepeated() {
			List<JsonNode> results = bulk(line("twice@example.test", "quotes"), line("TWICE@example.test", "domains"));
			assertThat(statuses(results)).containsExactly("created", "already-pending");
			assertThat(results.get(1).path("id").asString()).isEqualTo(results.get(0).path("id").asString());
		}

		@Test
		void createsANewInvitationIfTheOldOneIsOverdue() {
			String overdue = BulkTests.this.owner.invite("late@example.test", "quotes").at("id");
			age(overdue);
			List<JsonNode> results = bulk(line("other@example.test", "quotes"), line("late@example.test", "quotes"));
			assertThat(statuses(results)).containsExactly("created", "created");
			assertThat(BulkTests.this.owner.client()
				.get(BulkTests.this.owner.path("/invitations/" + overdue))
				.at("status")).isEqualTo("expired");
		}

		@Test
		void hasNoResultIfItIsBlankButIsCounted() {
			Response answer = send(
					"\n\n" + line("a1@example.test", "quotes") + "\r\n \t\n" + line("a2@example.test", "quotes"),
					NDJSON);
			assertThat(lines(answer).stream().map((result) -> result.path("line").asInt())).containsExactly(3, 5);
		}

		@ParameterizedTest
		@ValueSource(ints = { 16 * 1024 + 1, 200_000 })
		void isRefusedIfItIsTooLong(int length) {
			List<JsonNode> results = bulk(line("short1@example.test", "quotes"), "x".repeat(length),
					line("short2@example.test", "quotes"));
			assertThat(statuses(results)).containsExactly("created", "refused", "created");
			assertThat(codes(results)).containsExactly("body-too-large");
		}

	}

	@Nested
	class Limits {

		@Test
		void ofPendingInvitationsCanBeSetForTheAccount() {
			limit("max_pending", 3);
			assertThat(codes(bulk(newLines(5)))).containsExactly("too-many-pending", "too-many-pending");
			assertThat(pendingCount()).isEqualTo(3);
		}

		@Test
		void doNotCountOverdueInvitations() {
			limit("max_pending", 2);
			bulk(newLines(2));
			database.update("""
					with held as (select id from account where id = ?::uuid for no key update)
					update invitation i set issued_at = now() - interval '8 days', expires_at = now() - interval '1 day'
					  from held where i.account_id = held.id
					""", BulkTests.this.owner.account());
			assertThat(statuses(bulk(newLines(3)))).containsExactly("created", "created", "refused");
		}

		@Test
		void ofCreationsCanBeSetForTheAccountAndReportTheWait() {
			limit("max_creations_per_day", 2);
			BulkTests.this.owner.invite(TestUsers.anAddress(), "quotes");
			List<JsonNode> results = bulk(newLines(3));
			assertThat(codes(results)).containsExactly("limit-reached", "limit-reached");
			assertThat(results.get(2).path("problem").path("retryAfter").asInt()).isBetween(86_000, 86_400);
		}

		@Test
		void countAllAliasesOfAMailbox() {
			List<JsonNode> results = bulk(
					IntStream.range(0, 6)
						.mapToObj((index) -> line("mailbox" + BulkTests.this.owner.account().substring(0, 8) + "+"
								+ index + "@example.test", "quotes"))
						.toArray(String[]::new));
			assertThat(statuses(results)).containsExactly("created", "created", "created", "created", "refused",
					"refused");
			assertThat(codes(results)).containsExactly("limit-reached", "limit-reached");
		}

		@Test
		void areSharedWithSingleRequests() {
			String mailbox = "shared" + BulkTests.this.owner.account().substring(0, 8);
			bulk(line(mailbox + "@example.test", "quotes"), line(mailbox + "+1@example.test", "quotes"),
					line(mailbox + "+2@example.test", "quotes"));
			assertThat(BulkTests.this.owner.invite(mailbox + "+3@example.test", "quotes").status()).isEqualTo(201);
			assertThat(BulkTests.this.owner.invite(mailbox + "+4@example.test", "quotes").status()).isEqualTo(429);
		}

		private void limit(String column, int value) {
			database.update("update account set " + column + " = " + value + " where id = ?::uuid",
					BulkTests.this.owner.account());
		}

	}

	@Nested
	class IdempotencyKeys {

		@Test
		void replayCreatedLinesAndProcessTheRest() {
			String[] all = newLines(6);
			List<JsonNode> firstResults = lines(
					send(String.join("\n", List.of(all).subList(0, 4)), NDJSON, "Idempotency-Key", "k-1"));
			List<JsonNode> allResults = lines(send(String.join("\n", all), NDJSON, "Idempotency-Key", "k-1"));
			assertThat(ids(allResults).subList(0, 4)).isEqualTo(ids(firstResults));
			assertThat(statuses(allResults)).containsOnly("created");
			assertThat(allResults.stream().map((result) -> result.path("replayed").asBoolean(false)))
				.containsExactly(true, true, true, true, false, false);
			assertThat(pendingCount()).isEqualTo(6);
		}

		@Test
		void refuseALineThatWasChanged() {
			String[] lines = newLines(2);
			send(String.join("\n", lines), NDJSON, "Idempotency-Key", "k-2");
			lines[1] = line(TestUsers.anAddress(), "quotes");
			List<JsonNode> results = lines(send(String.join("\n", lines), NDJSON, "Idempotency-Key", "k-2"));
			assertThat(statuses(results)).containsExactly("created", "refused");
			assertThat(codes(results)).containsExactly("idempotency-key-reused");
		}

		@Test
		void areSeparateFromThoseOfSingleRequests() {
			String address = TestUsers.anAddress();
			send(line(address, "quotes"), NDJSON, "Idempotency-Key", "k-3");
			Response single = BulkTests.this.owner.client()
				.post(BulkTests.this.owner.path("/invitations"),
						Map.of("email", TestUsers.anAddress(), "permissions", List.of("quotes")), "Idempotency-Key",
						"k-3");
			assertThat(single.status()).isEqualTo(201);
		}

		@Test
		void areSharedByBothFormats() {
			String address = TestUsers.anAddress();
			List<JsonNode> first = lines(send("\n{\"email\":\"" + address + "\",\"permissions\":[\"quotes\"]}", NDJSON,
					"Idempotency-Key", "k-4"));
			List<JsonNode> again = lines(
					send("email,permissions\n" + address + ",quotes\n", "text/csv", "Idempotency-Key", "k-4"));
			assertThat(ids(again)).isEqualTo(ids(first));
		}

	}

	@Nested
	class Csv {

		@Test
		void isReadByColumnName() {
			List<JsonNode> results = lines(send(String.join("\r\n", "permissions,email",
					"domains invoices,csv1@example.test", "", "\"tickets\",\" csv2@example.test \"", ""), "text/csv"));
			assertThat(statuses(results)).containsExactly("created", "created");
			assertThat(results.stream().map((result) -> result.path("line").asInt())).containsExactly(2, 4);
		}

		@Test
		void canHaveAByteOrderMarkAndSemicolons() {
			assertThat(statuses(
					lines(send("\uFEFFemail;permissions\r\ncsv3@example.test;quotes\r\n", "text/csv; charset=utf-8"))))
				.containsExactly("created");
		}

		@Test
		void refusesSingleRows() {
			List<JsonNode> results = lines(send("""
					email,permissions
					csv4@example.test,quotes
					"csv5@example.test,quotes
					csv6@example.test
					csv7@example.test,quotes,more
					csv8@example.test,quotes nonsense
					=cmd|' /C calc'!A0,quotes
					,quotes
					csv9@example.test,
					csv10@example.test,quotes
					""", "text/csv"));
			assertThat(statuses(results)).containsExactly("created", "refused", "refused", "refused", "refused",
					"refused", "refused", "refused", "created");
		}

		@ParameterizedTest
		@ValueSource(strings = { "name,permissions", "email", "email,email,permissions", "a@example.test,quotes",
				"\"email,permissions", "email|permissions" })
		void isRefusedWithoutAValidHeader(String header) {
			Response answer = send(header + "\nnobody@example.test,quotes\n", "text/csv");
			assertThat(answer.status()).isEqualTo(400);
			assertThat(answer.code()).isEqualTo("malformed-request");
			assertThat(pendingCount()).isZero();
		}

	}

	@Nested
	class ExportedTable {

		@Test
		void ofInvitationsCanBeEditedAndSentBack() {
			bulk(line("+plus@example.test", "domains", "invoices"), line("other@example.test", "quotes"));
			String exported = export("/invitations?status=pending");
			assertThat(exported).contains("'+plus@example.test");
			Owner next = users.anOwner();
			String edited = exported.replace("domains invoices", "\"View Domains, Tickets\"").replace(",", ";");
			List<JsonNode> results = lines(next.client()
				.post(next.path("/invitations"), edited.replace("View Domains;", "View Domains,"), "Content-Type",
						"text/csv;charset=utf-8"));
			assertThat(statuses(results)).containsExactly("columns-ignored", "created", "created");
			assertThat(results.get(0).path("columns").toString())
				.isEqualTo("[\"id\",\"status\",\"delivery\",\"sendCount\","
						+ "\"createdAt\",\"issuedAt\",\"expiresAt\",\"endedAt\",\"declineReason\"]");
			assertThat(
					next.client().get(next.path("/invitations?q=plus")).json().path("items").get(0).path("permissions"))
				.hasToString("[\"domains\",\"tickets\"]");
		}

		@Test
		void ofMembersCanBeSentBack() {
			List<JsonNode> results = lines(send(export("/members"), "text/csv"));
			assertThat(statuses(results)).containsExactly("columns-ignored", "already-member");
			assertThat(results.get(0).path("columns")).hasToString("[\"userId\",\"name\",\"owner\",\"joinedAt\"]");
		}

		private String export(String path) {
			Response exported = BulkTests.this.owner.client()
				.get(BulkTests.this.owner.path(path), "Accept", "text/csv");
			assertThat(exported.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
			return exported.text();
		}

	}

	@Nested
	class DryRun {

		@Test
		void decidesAsARealRequestAndWritesNothing() {
			bulk(line("open@example.test", "quotes"));
			String own = BulkTests.this.owner.person().address();
			String body = String.join("\n", "email,permissions", "new@example.test,quotes", "NEW@example.test,quotes",
					"open@example.test,quotes", own + ",quotes", "nobody,quotes", "");
			List<JsonNode> checked = lines(BulkTests.this.owner.client()
				.post(BulkTests.this.owner.path("/invitations?dry-run=true"), body, "Content-Type", "text/csv",
						"Idempotency-Key", "dry-1"));
			assertThat(statuses(checked)).containsExactly("valid", "already-pending", "already-pending",
					"already-member", "refused");
			assertThat(pendingCount()).isEqualTo(1);
			assertThat(statuses(lines(send(body, "text/csv", "Idempotency-Key", "dry-1")))).containsExactly("created",
					"already-pending", "already-pending", "already-member", "refused");
		}

	}

	@Nested
	class WholeRequest {

		@ParameterizedTest
		@ValueSource(strings = { "text/csv;charset=klingon", "application/x-ndjson;charset=klingon",
				"application/json;charset=\"utf-7\"", "text/csv;charset=utf-32" })
		void inAnUnsupportedCharsetIsRefused(String type) {
			Response refused = send(line(TestUsers.anAddress(), "quotes"), type);
			assertThat(refused.status()).isEqualTo(415);
			assertThat(refused.code()).isEqualTo("unsupported-media-type");
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "\n\n \n" })
		void needsALine(String body) {
			assertThat(send(body, NDJSON).status()).isEqualTo(400);
			assertThat(send("email,permissions" + body, "text/csv").status()).isEqualTo(400);
		}

		@Test
		void needsTheOwner() {
			String body = line(TestUsers.anAddress(), "quotes");
			String path = BulkTests.this.owner.path("/invitations");
			assertThat(users.aUser().client().post(path, body, "Content-Type", NDJSON).status()).isEqualTo(404);
			assertThat(service.anonymous().post(path, body, "Content-Type", NDJSON).status()).isEqualTo(401);
			assertThat(pendingCount()).isZero();
		}

	}

	private List<JsonNode> bulk(String... lines) {
		return lines(send(String.join("\n", lines) + "\n", NDJSON));
	}

	private Response send(String body, String type, String... headers) {
		List<String> all = new ArrayList<>(List.of("Content-Type", type));
		all.addAll(List.of(headers));
		return this.owner.client().post(this.owner.path("/invitations"), body, all.toArray(String[]::new));
	}

	private int pendingCount() {
		return this.owner.client().get(this.owner.path("/invitations")).json().path("counts").path("pending").asInt();
	}

	private static void age(String invitation) {
		database.update("update invitation set issued_at = now() - interval '8 days', "
				+ "expires_at = now() - interval '1 day' where id = ?::uuid", invitation);
	}

	private static String[] newLines(int count) {
		return Stream.generate(() -> line(TestUsers.anAddress(), "quotes")).limit(count).toArray(String[]::new);
	}

	private static String line(String email, String... permissions) {
		return JSON.writeValueAsString(Map.of("email", email, "permissions", permissions));
	}

	private static List<JsonNode> lines(Response answer) {
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.text().lines().map(JSON::readTree).toList();
	}

	private static List<String> statuses(List<JsonNode> results) {
		return results.stream().map((result) -> result.path("status").asString()).toList();
	}

	private static List<String> ids(List<JsonNode> results) {
		return results.stream().map((result) -> result.path("id").asString()).toList();
	}

	private static List<String> codes(List<JsonNode> results) {
		return results.stream()
			.filter((result) -> result.has("problem"))
			.map((result) -> result.path("problem").path("code").asString())
			.toList();
	}

}
