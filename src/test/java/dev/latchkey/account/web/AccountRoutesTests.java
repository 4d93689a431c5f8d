package dev.latchkey.account.web;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.account.AccountBuilder;
import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.RouterClient;
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

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of accounts: what they read from a request, and what they respond.
 */
class AccountRoutesTests {

	private static final String ID = "0195d2a4-0000-7000-8000-0000000000a1";

	private static final String PATH = "/api/v1/accounts/" + ID;

	private static final AccountId ACCOUNT_ID = new AccountId(UUID.fromString(ID));

	private final AccountFixture fixture = AccountFixture.create();

	private final Member owner = MemberBuilder.of(ACCOUNT_ID)
		.user(new UserId(UUID.fromString("0195d2a4-0000-7000-8000-000000000001")))
		.named("Olga", "olga@example.test")
		.owner()
		.build();

	private final Member member = MemberBuilder.of(ACCOUNT_ID)
		.user(new UserId(UUID.fromString("0195d2a4-0000-7000-8000-000000000002")))
		.named("Mia", "mia@example.test")
		.with("invoices")
		.build();

	private final Member stranger = MemberBuilder.of(ACCOUNT_ID).build();

	@BeforeEach
	void storeTheAccount() {
		this.fixture.store(anAccount().build(), this.owner, this.member);
	}

	@Nested
	class Create {

		@Test
		void respondsWithTheAccountAndItsLocation() {
			create("{\"name\":\" Acme \",\"locale\":\"de-at\"}").expectStatus()
				.isCreated()
				.expectHeader()
				.location("/api/v1/accounts/" + AccountFixture.NEW_ID)
				.expectHeader()
				.doesNotExist("Idempotency-Replayed")
				.expectBody()
				.json("""
						{"id":"%s","name":"Acme","locale":"de-AT","owner":true,"members":1,
						 "createdAt":"2026-01-02T03:04:05.678Z"}
						""".formatted(AccountFixture.NEW_ID), JsonCompareMode.STRICT);
			assertThat(AccountRoutesTests.this.fixture.calls()).containsExactly("create Acme de-AT");
		}

		@ParameterizedTest
		@ValueSource(strings = { "{\"name\":\"Acme\"}", "{\"name\":\"Acme\",\"locale\":null}" })
		void usesEnglishIfNoLanguageIsChosen(String body) {
			create(body).expectStatus().isCreated();
			assertThat(AccountRoutesTests.this.fixture.calls()).containsExactly("create Acme en");
		}

		@Test
		void passesTheIdempotencyKeyOn() {
			client(AccountRoutesTests.this.owner).post()
				.uri("/api/v1/accounts")
				.header("Idempotency-Key", "once")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"name\":\"Acme\"}")
				.exchange()
				.expectStatus()
				.isCreated();
			assertThat(AccountRoutesTests.this.fixture.calls()).containsExactly("create Acme en with key once");
		}

		@Test
		void marksTheResponseToARepeatedRequest() {
			AccountRoutesTests.this.fixture.commandsReplay(anAccount().build());
			createWithKey("once").expectStatus()
				.isCreated()
				.expectHeader()
				.valueEquals("Idempotency-Replayed", "true")
				.expectHeader()
				.location(PATH);
			assertThat(AccountRoutesTests.this.fixture.notified()).isEmpty();
		}

		@Test
		void refusesAKeyOfAnotherRequest() {
			AccountRoutesTests.this.fixture.commandsAreRefused(ProblemCode.IDEMPOTENCY_KEY_REUSED);
			expectProblem(createWithKey("once"), 422, "idempotency-key-reused");
			assertThat(AccountRoutesTests.this.fixture.notified()).isEmpty();
		}

		@Test
		void refusesAnInvalidKey() {
			expectProblem(createWithKey("with a space"), 400, "malformed-request");
			assertThat(AccountRoutesTests.this.fixture.calls()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{}                               | 400 | malformed-request | name
				{"name":null}                    | 400 | malformed-request | name
				{"name":7}                       | 400 | malformed-request | name
				{"name":"Acme","color":"red"}    | 400 | malformed-request | color
				{"name":" "}                     | 422 | invalid-field     | name
				{"name":"a\\nb"}                 | 422 | invalid-field     | name
				{"name":"Acme","locale":"fr"}    | 422 | invalid-field     | locale
				{"name":"Acme","locale":"de_AT"} | 422 | invalid-field     | locale
				""")
		void refusesAnInvalidBodyAndNamesTheField(String body, int status, String code, String field) {
			expectProblem(create(body), status, code).jsonPath("$.field").isEqualTo(field);
			assertThat(AccountRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isClosedIfTheOperatorCreatesAccounts() {
			AccountFixture closed = AccountFixture.withoutSelfService();
			ResponseSpec refused = client(closed, AccountRoutesTests.this.owner).post()
				.uri("/api/v1/accounts")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"name\":\"Acme\"}")
				.exchange();
			expectProblem(refused, 403, "account-creation-closed");
		}

		private ResponseSpec create(String body) {
			return client(AccountRoutesTests.this.owner).post()
				.uri("/api/v1/accounts")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange();
		}

		private ResponseSpec createWithKey(String key) {
			return client(AccountRoutesTests.this.owner).post()
				.uri("/api/v1/accounts")
				.header("Idempotency-Key", key)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"name\":\"Acme\"}")
				.exchange();
		}

	}

	@Nested
	class List {

		@Test
		void containsTheAccountsOfTheCaller() {
			client(AccountRoutesTests.this.member).get()
				.uri("/api/v1/accounts")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("""
						{"items":[{"id":"%s","name":"Acme","locale":"en","expiresInDays":14,"owner":false,"members":2,
						           "createdAt":"2026-01-02T03:04:05.678Z"}]}
						""".formatted(ID), JsonCompareMode.STRICT);
		}

		@Test
		void isEmptyForAUserWithoutAccounts() {
			client(AccountRoutesTests.this.stranger).get()
				.uri("/api/v1/accounts")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("{\"items\":[]}", JsonCompareMode.STRICT);
		}

	}

	@Nested
	class Find {

		@Test
		void showsAnOpenOfferToItsParties() {
			Instant expiresAt = Instant.parse("2999-01-01T00:00:00Z");
			AccountRoutesTests.this.fixture.store(
					anAccount().offeredTo(AccountRoutesTests.this.member, expiresAt).build(),
					AccountRoutesTests.this.owner, AccountRoutesTests.this.member);
			get(AccountRoutesTests.this.owner, PATH).expectStatus().isOk().expectBody().json("""
					{"id":"%s","name":"Acme","locale":"en","expiresInDays":14,"owner":true,"members":2,
					 "ownershipTransfer":{"userId":"%s","name":"Mia","expiresAt":"2999-01-01T00:00:00Z"},
					 "createdAt":"2026-01-02T03:04:05.678Z"}
					""".formatted(ID, AccountRoutesTests.this.member.user()), JsonCompareMode.STRICT);
		}

		@Test
		void findsNothingForAStranger() {
			expectProblem(get(AccountRoutesTests.this.stranger, PATH), 404, "not-found");
		}

		@ParameterizedTest
		@ValueSource(strings = { "x", "0195D2A4-0000-7000-8000-0000000000A1", "0195d2a4-0-7000-8000-0000000000a1" })
		void refusesAnIdThatIsNotInTheOnlyForm(String id) {
			expectProblem(get(AccountRoutesTests.this.owner, "/api/v1/accounts/" + id), 400, "malformed-request")
				.jsonPath("$.field")
				.isEqualTo("account");
		}

		@Test
		void refusesQueryParameters() {
			expectProblem(get(AccountRoutesTests.this.owner, PATH + "?verbose=1"), 400, "malformed-request")
				.jsonPath("$.field")
				.isEqualTo("verbose");
		}

		@Test
		void refusesACallerWhoIsNotSignedIn() {
			ResponseSpec refused = RouterClient
				.of(new AccountRoutes().accountEndpoints(AccountRoutesTests.this.fixture.accounts(),
						AccountRoutesTests.this.fixture.settings(), AccountRoutesTests.this.fixture.accessCheck(),
						RouterClient.languages()))
				.build()
				.get()
				.uri(PATH)
				.exchange();
			expectProblem(refused, 401, "not-signed-in");
		}

		@Test
		void refusesAClientThatDoesNotAcceptJson() {
			ResponseSpec refused = client(AccountRoutesTests.this.owner).get()
				.uri(PATH)
				.accept(MediaType.TEXT_HTML)
				.exchange();
			refused.expectStatus().isEqualTo(406);
		}

	}

	@Nested
	class SetValidity {

		@Test
		void respondsWithTheAccount() {
			put(AccountRoutesTests.this.owner, "{\"expiresInDays\":14}").expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.expiresInDays")
				.isEqualTo(14);
			assertThat(AccountRoutesTests.this.fixture.calls()).containsExactly(
					"set validity of " + ACCOUNT_ID + " as " + AccountRoutesTests.this.owner.user() + " to 14");
			assertThat(AccountRoutesTests.this.fixture.notified()).containsExactly(ACCOUNT_ID);
		}

		@ParameterizedTest
		@ValueSource(strings = { "{}", "{\"expiresInDays\":null}" })
		void returnsToTheDefault(String body) {
			put(AccountRoutesTests.this.owner, body).expectStatus().isOk();
			assertThat(AccountRoutesTests.this.fixture.calls()).singleElement().asString().endsWith(" to default");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{"expiresInDays":0}   | 422 | invalid-field
				{"expiresInDays":-1}  | 422 | invalid-field
				{"expiresInDays":31}  | 422 | invalid-field
				{"expiresInDays":1.5} | 400 | malformed-request
				{"expiresInDays":"7"} | 400 | malformed-request
				""")
		void refusesAnInvalidNumberOfDays(String body, int status, String code) {
			expectProblem(put(AccountRoutesTests.this.owner, body), status, code).jsonPath("$.field")
				.isEqualTo("expiresInDays");
			assertThat(AccountRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isForTheOwnerOnly() {
			AccountRoutesTests.this.fixture.commandsAreRefused(ProblemCode.OWNER_ONLY);
			expectProblem(put(AccountRoutesTests.this.member, "{}"), 403, "owner-only");
			AccountRoutesTests.this.fixture.commandsAreRefused(ProblemCode.NOT_FOUND);
			expectProblem(put(AccountRoutesTests.this.stranger, "{}"), 404, "not-found");
			assertThat(AccountRoutesTests.this.fixture.notified()).isEmpty();
		}

		private ResponseSpec put(Member caller, String body) {
			return client(caller).put()
				.uri(PATH + "/invitation-validity")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange();
		}

	}

	@Nested
	class CheckAccess {

		@Test
		void hasNoContentIfThePermissionIsHeld() {
			get(AccountRoutesTests.this.member, PATH + "/access?permission=invoices").expectStatus()
				.isNoContent()
				.expectBody()
				.isEmpty();
		}

		@Test
		void tellsAMemberWhatIsHeldAndWhomToAsk() {
			get(AccountRoutesTests.this.member, PATH + "/access?permission=domains").expectStatus()
				.isForbidden()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.json("""
						{"type":"urn:latchkey:problem:permission-missing","status":403,
						 "title":"You don't have the required permission",
						 "detail":"You don't have the required permission.","code":"permission-missing","missing":"domains",
						 "held":["invoices"],"ask":{"name":"Olga","email":"olga@example.test"}}
						""",
						JsonCompareMode.STRICT);
		}

		@Test
		void tellsAStrangerNothingAboutTheAccount() {
			expectProblem(get(AccountRoutesTests.this.stranger, PATH + "/access?permission=domains"), 403,
					"permission-missing")
				.jsonPath("$.held")
				.doesNotExist()
				.jsonPath("$.ask")
				.doesNotExist();
		}

		@Test
		void needsExactlyOneKnownPermission() {
			expectProblem(get(AccountRoutesTests.this.member, PATH + "/access"), 400, "malformed-request");
			expectProblem(get(AccountRoutesTests.this.member, PATH + "/access?permission=users"), 422,
					"unknown-permission");
			expectProblem(get(AccountRoutesTests.this.member, PATH + "/access?permission=invoices&permission=quotes"),
					400, "malformed-request");
		}

	}

	private static AccountBuilder anAccount() {
		return AccountBuilder.anAccount().id(ACCOUNT_ID).validityDays(14).memberCount(2);
	}

	private ResponseSpec get(Member caller, String path) {
		return client(caller).get().uri(path).exchange();
	}

	private WebTestClient client(Member caller) {
		return client(this.fixture, caller);
	}

	private static WebTestClient client(AccountFixture services, Member caller) {
		return RouterClient.of(new AccountRoutes().accountEndpoints(services.accounts(), services.settings(),
				services.accessCheck(), RouterClient.languages()))
			.signedInAs(AccountFixture.caller(caller))
			.build();
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

}
