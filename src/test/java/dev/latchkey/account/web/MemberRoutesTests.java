package dev.latchkey.account.web;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.AccountBuilder;
import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.account.MemberQueries;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.RouterClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of members: what they read from a request, and what they respond.
 */
class MemberRoutesTests {

	private static final AccountId ACCOUNT = new AccountId(UUID.fromString("0195d2a4-0000-7000-8000-0000000000a1"));

	private static final String MEMBERS = "/api/v1/accounts/" + ACCOUNT + "/members";

	private static final String MIA = """
			{"userId":"0195d2a4-0000-7000-8000-000000000002","name":"Mia","email":"mia@example.test","owner":false,
			 "permissions":["invoices","orders"],"permissionsVersion":4,"joinedAt":"2026-03-04T05:06:07.890Z"}
			""";

	private final AccountFixture fixture = AccountFixture.create();

	private final StubQueries queries = new StubQueries();

	private final Member owner = MemberBuilder.of(ACCOUNT)
		.user(new UserId(UUID.fromString("0195d2a4-0000-7000-8000-000000000001")))
		.named("Olga", "olga@example.test")
		.owner()
		.build();

	private final Member member = MemberBuilder.of(ACCOUNT)
		.user(new UserId(UUID.fromString("0195d2a4-0000-7000-8000-000000000002")))
		.named("Mia", "mia@example.test")
		.with("orders", "invoices")
		.version(4)
		.number(2)
		.build();

	private final Member stranger = MemberBuilder.of(ACCOUNT).build();

	private final String memberPath = MEMBERS + "/" + this.member.user();

	@BeforeEach
	void storeTheAccount() {
		this.fixture.store(AccountBuilder.anAccount().id(ACCOUNT).memberCount(2).build(), this.owner, this.member);
	}

	@Nested
	class ListMembers {

		@Test
		void returnsAPageWithItsFeedPosition() {
			MemberRoutesTests.this.queries.results
				.add(Mono.just(list(new Page<>(List.of(MemberRoutesTests.this.member), null))));
			get(MEMBERS).expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_JSON)
				.expectHeader()
				.valueEquals("Link", "<" + MEMBERS + ">; rel=\"first\"")
				.expectBody()
				.json("{\"items\":[" + MIA + "],\"next\":null,\"total\":2,\"position\":\"1-42\"}",
						JsonCompareMode.LENIENT);
			assertThat(MemberRoutesTests.this.queries.calls).containsExactly(
					"list " + ACCOUNT + " as " + MemberRoutesTests.this.owner.user() + " null 25 after null");
		}

		@Test
		void linksToTheNextPageWithTheSameSearch() {
			MemberRoutesTests.this.queries.results
				.add(Mono.just(list(new Page<>(List.of(MemberRoutesTests.this.member), "2"))));
			get(MEMBERS + "?limit=1&q=Mi%20a").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Link",
						"<" + MEMBERS + "?limit=1&q=Mi%20a>; rel=\"first\", <" + MEMBERS
								+ "?limit=1&q=Mi%20a&cursor=2>; rel=\"next\"")
				.expectBody()
				.jsonPath("$.next")
				.isEqualTo("2");
		}

		@Test
		void passesLimitCursorAndLowerCaseSearchTextOn() {
			MemberRoutesTests.this.queries.results.add(Mono.just(list(new Page<>(List.of(), null))));
			get(MEMBERS + "?limit=100&cursor=999999999999999999&q=%20ZO%CB%88%20").expectStatus().isOk();
			assertThat(MemberRoutesTests.this.queries.calls).singleElement()
				.asString()
				.endsWith(" zoˈ 100 after 999999999999999999");
		}

		@ParameterizedTest
		@CsvSource({ "limit=0,malformed-request", "limit=101,malformed-request", "limit=-1,malformed-request",
				"limit=1000,malformed-request", "limit=x,malformed-request", "limit=,malformed-request",
				"limit=1&limit=2,malformed-request", "cursor=x,invalid-cursor", "cursor=,invalid-cursor",
				"cursor=-1,invalid-cursor", "cursor=1000000000000000000,invalid-cursor", "page=2,malformed-request" })
		void refusesAnInvalidQueryBeforeItReadsAnything(String query, String code) {
			expectProblem(get(MEMBERS + "?" + query), 400, code);
			assertThat(MemberRoutesTests.this.queries.calls).isEmpty();
		}

		@Test
		void refusesALongSearchText() {
			expectProblem(get(MEMBERS + "?q=" + "x".repeat(101)), 400, "malformed-request").jsonPath("$.field")
				.isEqualTo("q");
		}

		@Test
		void isRefusedAsTheQueryIs() {
			MemberRoutesTests.this.queries.results.add(Mono.error(DomainException.of(ProblemCode.OWNER_ONLY)));
			expectProblem(get(MEMBERS), 403, "owner-only");
		}

	}

	@Nested
	class StreamMembers {

		@Test
		void writesALineOfJsonForEachMemberOfAllPages() {
			twoPages();
			String body = get(MEMBERS, "application/x-ndjson").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Feed-Position", "1-42")
				.expectHeader()
				.valueEquals("Cache-Control", "no-store")
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(String.valueOf(body).lines()).hasSize(2).allMatch((line) -> line.startsWith("{\"userId\":\""));
			assertThat(MemberRoutesTests.this.queries.calls).extracting((call) -> call.substring(call.indexOf(" null")))
				.containsExactly(" null 200 after null", " null 200 after 1");
		}

		@Test
		void writesATableAsADownload() {
			twoPages();
			get(MEMBERS, "text/csv").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Content-Disposition", "attachment; filename=\"members.csv\"")
				.expectBody(String.class)
				.value((csv) -> assertThat(csv.lines()).containsExactly("userId,name,email,owner,permissions,joinedAt",
						MemberRoutesTests.this.owner.user() + ",Olga,olga@example.test,true,"
								+ String.join(" ", MemberRoutesTests.this.owner.permissions().keys())
								+ ",2026-03-04T05:06:07.890Z",
						MemberRoutesTests.this.member.user()
								+ ",Mia,mia@example.test,false,invoices orders,2026-03-04T05:06:07.890Z"));
		}

		@ParameterizedTest
		@ValueSource(strings = { "limit=10", "cursor=1" })
		void hasNoPages(String query) {
			ResponseSpec refused = get(MEMBERS + "?" + query, "application/x-ndjson, application/problem+json");
			expectProblem(refused, 400, "malformed-request");
			assertThat(MemberRoutesTests.this.queries.calls).isEmpty();
		}

		@Test
		void isRefusedBeforeTheFirstLine() {
			MemberRoutesTests.this.queries.results.add(Mono.error(DomainException.of(ProblemCode.OWNER_ONLY)));
			expectProblem(get(MEMBERS, "application/x-ndjson"), 403, "owner-only");
		}

		private void twoPages() {
			MemberRoutesTests.this.queries.results
				.add(Mono.just(list(new Page<>(List.of(MemberRoutesTests.this.owner), "1"))));
			MemberRoutesTests.this.queries.results
				.add(Mono.just(list(new Page<>(List.of(MemberRoutesTests.this.member), null))));
		}

	}

	@Nested
	class FindMember {

		@Test
		void returnsTheMemberWithTheVersionOfThePermissions() {
			get(MemberRoutesTests.this.memberPath).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"4\"")
				.expectBody()
				.json(MIA, JsonCompareMode.STRICT);
		}

		@Test
		void returnsTheMembershipOfTheCallerAsMe() {
			client(MemberRoutesTests.this.member).get()
				.uri(MEMBERS + "/me")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"4\"")
				.expectBody()
				.json(MIA, JsonCompareMode.STRICT);
			expectProblem(client(MemberRoutesTests.this.stranger).get().uri(MEMBERS + "/me").exchange(), 404,
					"not-found");
		}

		@Test
		void isForTheOwnerOnly() {
			expectProblem(client(MemberRoutesTests.this.member).get().uri(MemberRoutesTests.this.memberPath).exchange(),
					403, "owner-only");
		}

		@Test
		void refusesAnIdThatIsNotInTheOnlyForm() {
			expectProblem(get(MEMBERS + "/ME"), 400, "malformed-request").jsonPath("$.field").isEqualTo("user");
		}

	}

	@Nested
	class ReadPermissions {

		@Test
		void returnsTheKeysAndTheVersion() {
			get(MemberRoutesTests.this.memberPath + "/permissions").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"4\"")
				.expectBody()
				.json("{\"permissions\":[\"invoices\",\"orders\"],\"permissionsVersion\":4}", JsonCompareMode.STRICT);
		}

		@Test
		void isNotModifiedAtTheSameVersion() {
			client(MemberRoutesTests.this.owner).get()
				.uri(MemberRoutesTests.this.memberPath + "/permissions")
				.header("If-None-Match", "\"4\"")
				.exchange()
				.expectStatus()
				.isNotModified()
				.expectBody()
				.isEmpty();
		}

	}

	@Nested
	class EditPermissions {

		private static final String QUOTES = "{\"permissions\":[\"quotes\"]}";

		@Test
		void returnsTheNewPermissionsAndTheirVersion() {
			edit(QUOTES, "\"4\"").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"5\"")
				.expectBody()
				.json("{\"permissions\":[\"quotes\"],\"permissionsVersion\":5}", JsonCompareMode.STRICT);
			assertThat(MemberRoutesTests.this.fixture.calls())
				.containsExactly("edit " + MemberRoutesTests.this.member.user() + " in " + ACCOUNT + " as "
						+ MemberRoutesTests.this.owner.user() + ": [quotes] at version 4");
			assertThat(MemberRoutesTests.this.fixture.notified()).containsExactly(ACCOUNT);
		}

		@Test
		void requiresTheVersionThatWasRead() {
			ResponseSpec refused = client(MemberRoutesTests.this.owner).put()
				.uri(MemberRoutesTests.this.memberPath + "/permissions")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(QUOTES)
				.exchange();
			expectProblem(refused, 428, "if-match-required");
			assertThat(MemberRoutesTests.this.fixture.calls()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "*", "4", "W/\"4\"", "\"x\"", "\"4\", \"5\"", "\"1234567890\"", "\"\"" })
		void isStaleForATagThatIsNotAVersion(String tag) {
			expectProblem(edit(QUOTES, tag), 412, "stale");
			assertThat(MemberRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isStaleForTwoTags() {
			expectProblem(edit(QUOTES, "\"4\"", "\"4\""), 412, "stale");
			assertThat(MemberRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isStaleForAnotherVersion() {
			MemberRoutesTests.this.fixture.commandsAreRefused(ProblemCode.STALE);
			expectProblem(edit(QUOTES, "\"3\""), 412, "stale");
			assertThat(MemberRoutesTests.this.fixture.notified()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{}                                   | 400 | malformed-request
				{"permissions":null}                 | 400 | malformed-request
				{"permissions":[null]}               | 400 | malformed-request
				{"permissions":"quotes"}             | 400 | malformed-request
				{"permissions":["quotes","users"]}   | 422 | unknown-permission
				{"permissions":[]}                   | 422 | empty-permissions
				""")
		void refusesAnInvalidListOfPermissions(String body, int status, String code) {
			expectProblem(edit(body, "\"4\""), status, code).jsonPath("$.field").isEqualTo("permissions");
			assertThat(MemberRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void refusesAnotherMediaType() {
			ResponseSpec refused = client(MemberRoutesTests.this.owner).put()
				.uri(MemberRoutesTests.this.memberPath + "/permissions")
				.header("If-Match", "\"4\"")
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue(QUOTES)
				.exchange();
			expectProblem(refused, 415, "unsupported-media-type");
		}

		private ResponseSpec edit(String body, String... tags) {
			return client(MemberRoutesTests.this.owner).put()
				.uri(MemberRoutesTests.this.memberPath + "/permissions")
				.header("If-Match", tags)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange();
		}

	}

	@Nested
	class RemoveAndLeave {

		@Test
		void haveNoContent() {
			client(MemberRoutesTests.this.owner).delete()
				.uri(MemberRoutesTests.this.memberPath)
				.exchange()
				.expectStatus()
				.isNoContent();
			client(MemberRoutesTests.this.member).delete().uri(MEMBERS + "/me").exchange().expectStatus().isNoContent();
			assertThat(MemberRoutesTests.this.fixture.calls()).containsExactly(
					"remove " + MemberRoutesTests.this.member.user() + " from " + ACCOUNT + " as "
							+ MemberRoutesTests.this.owner.user(),
					"leave " + ACCOUNT + " as " + MemberRoutesTests.this.member.user());
			assertThat(MemberRoutesTests.this.fixture.notified()).containsExactly(ACCOUNT, ACCOUNT);
		}

		@Test
		void refuseTheOwner() {
			MemberRoutesTests.this.fixture.commandsAreRefused(ProblemCode.OWNER_IMMUTABLE);
			WebTestClient client = client(MemberRoutesTests.this.owner);
			expectProblem(client.delete().uri(MEMBERS + "/" + MemberRoutesTests.this.owner.user()).exchange(), 409,
					"owner-immutable");
			expectProblem(client.delete().uri(MEMBERS + "/me").exchange(), 409, "owner-immutable");
			assertThat(MemberRoutesTests.this.fixture.notified()).isEmpty();
		}

		@Test
		void refuseQueryParameters() {
			expectProblem(client(MemberRoutesTests.this.owner).delete()
				.uri(MemberRoutesTests.this.memberPath + "?force=1")
				.exchange(), 400, "malformed-request");
			assertThat(MemberRoutesTests.this.fixture.calls()).isEmpty();
		}

	}

	private ResponseSpec get(String path) {
		return client(this.owner).get().uri(URI.create(path)).exchange();
	}

	private ResponseSpec get(String path, String accept) {
		return client(this.owner).get().uri(path).header("Accept", accept).exchange();
	}

	private WebTestClient client(Member caller) {
		MemberHandler handler = new MemberHandler(this.fixture.members(), this.queries, this.fixture.access());
		MemberStreamHandler streamHandler = new MemberStreamHandler(this.queries, (session) -> Mono.never(),
				RouterClient.listStreams());
		return RouterClient.of(AccountRoutes.memberRoutes(handler, streamHandler))
			.signedInAs(AccountFixture.caller(caller))
			.build();
	}

	private static MemberQueries.MemberList list(Page<Member> page) {
		return new MemberQueries.MemberList(page, 2, new FeedPosition(1, 42));
	}

	private static WebTestClient.BodyContentSpec expectProblem(ResponseSpec response, int status, String code) {
		return response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo(code);
	}

	/**
	 * Returns prepared lists, one after the other.
	 */
	private static final class StubQueries implements MemberQueries {

		private final List<String> calls = new ArrayList<>();

		private final List<Mono<MemberList>> results = new ArrayList<>();

		@Override
		public Mono<MemberList> list(AccountId account, UserId caller, @Nullable String query, Page.Request request) {
			this.calls.add("list " + account + " as " + caller + " " + query + " " + request.limit() + " after "
					+ request.cursor());
			return this.results.remove(0);
		}

	}

}
