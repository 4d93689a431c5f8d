package dev.latchkey.ownership.web;

import java.util.UUID;

import dev.latchkey.account.AccountBuilder;
import dev.latchkey.account.AccountFixture;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberBuilder;
import dev.latchkey.ownership.OwnershipFixture;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoints of ownership transfers: what they read from a request, and what they
 * respond.
 */
class OwnershipRoutesTests {

	private static final AccountId ACCOUNT = new AccountId(UUID.fromString("0195d2a4-0000-7000-8000-0000000000a1"));

	private static final String TRANSFER = "/api/v1/accounts/" + ACCOUNT + "/ownership-transfer";

	private static final String BODY = "{\"userId\":\"%s\",\"password\":\"%s\"}";

	private final Member owner = MemberBuilder.of(ACCOUNT).owner().build();

	private final Member newOwner = MemberBuilder.of(ACCOUNT).build();

	private final AccountFixture accounts = AccountFixture.create()
		.store(AccountBuilder.anAccount().id(ACCOUNT).memberCount(2).build(), this.owner, this.newOwner);

	private final OwnershipFixture fixture = new OwnershipFixture(this.accounts);

	@Nested
	class Offer {

		@Test
		void respondsWithTheAccount() {
			offer(OwnershipRoutesTests.this.owner,
					BODY.formatted(OwnershipRoutesTests.this.newOwner.user(), OwnershipFixture.PASSWORD))
				.expectStatus()
				.isOk()
				.expectBody()
				.json(account(true), JsonCompareMode.STRICT);
			assertThat(OwnershipRoutesTests.this.fixture.calls()).contains("offer to "
					+ OwnershipRoutesTests.this.newOwner.user() + " as " + OwnershipRoutesTests.this.owner.user());
		}

		@Test
		void namesTheFieldOfAWrongPassword() {
			expectProblem(offer(OwnershipRoutesTests.this.owner,
					BODY.formatted(OwnershipRoutesTests.this.newOwner.user(), "guess")), 422, "invalid-field")
				.jsonPath("$.field")
				.isEqualTo("password");
		}

		@Test
		void isForTheOwnerOnly() {
			expectProblem(
					offer(OwnershipRoutesTests.this.newOwner,
							BODY.formatted(OwnershipRoutesTests.this.newOwner.user(), OwnershipFixture.PASSWORD)),
					403, "owner-only");
		}

		@Test
		void isNotForTheOwnerAgain() {
			expectProblem(
					offer(OwnershipRoutesTests.this.owner,
							BODY.formatted(OwnershipRoutesTests.this.owner.user(), OwnershipFixture.PASSWORD)),
					409, "owner-immutable");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
				{}                                                                        | userId
				{"password":"x"}                                                          | userId
				{"userId":"me","password":"x"}                                            | userId
				{"userId":"0195D2A4-0000-7000-8000-000000000002","password":"x"}          | userId
				{"userId":"0195d2a4-0000-7000-8000-000000000002"}                         | password
				{"userId":"0195d2a4-0000-7000-8000-000000000002","password":1}            | password
				{"userId":"0195d2a4-0000-7000-8000-000000000002","password":"x","now":1}  | now
				""")
		void refusesAnInvalidBodyAndNamesTheField(String body, String field) {
			expectProblem(offer(OwnershipRoutesTests.this.owner, body), 400, "malformed-request").jsonPath("$.field")
				.isEqualTo(field);
			assertThat(OwnershipRoutesTests.this.fixture.calls()).isEmpty();
		}

		private ResponseSpec offer(Member caller, String body) {
			return client(caller).put()
				.uri(TRANSFER)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange();
		}

	}

	@Nested
	class EndOffer {

		@Test
		void hasNoContent() {
			client(OwnershipRoutesTests.this.newOwner).delete()
				.uri(TRANSFER)
				.exchange()
				.expectStatus()
				.isNoContent()
				.expectBody()
				.isEmpty();
			assertThat(OwnershipRoutesTests.this.fixture.calls())
				.startsWith("end offer as " + OwnershipRoutesTests.this.newOwner.user());
		}

		@Test
		void findsNothingWithoutAnOpenOffer() {
			OwnershipRoutesTests.this.fixture.commandsAreRefused(ProblemCode.NOT_FOUND);
			expectProblem(client(OwnershipRoutesTests.this.owner).delete().uri(TRANSFER).exchange(), 404, "not-found");
		}

	}

	@Nested
	class Accept {

		@Test
		void respondsWithTheAccount() {
			client(OwnershipRoutesTests.this.newOwner).post()
				.uri(TRANSFER + "/accept")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json(account(false), JsonCompareMode.STRICT);
			assertThat(OwnershipRoutesTests.this.fixture.calls())
				.startsWith("accept as " + OwnershipRoutesTests.this.newOwner.user());
		}

		@Test
		void takesNoBody() {
			ResponseSpec refused = client(OwnershipRoutesTests.this.newOwner).post()
				.uri(TRANSFER + "/accept")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{}")
				.exchange();
			expectProblem(refused, 400, "malformed-request");
			assertThat(OwnershipRoutesTests.this.fixture.calls()).isEmpty();
		}

		@Test
		void isNotForTheOwnerWhoMadeTheOffer() {
			OwnershipRoutesTests.this.fixture.commandsAreRefused(ProblemCode.NOT_FOUND);
			expectProblem(client(OwnershipRoutesTests.this.owner).post().uri(TRANSFER + "/accept").exchange(), 404,
					"not-found");
		}

	}

	private WebTestClient client(Member caller) {
		return RouterClient
			.of(new OwnershipRoutes().ownershipTransferEndpoints(this.fixture.transfers(), this.accounts.accounts()))
			.signedInAs(AccountFixture.caller(caller))
			.build();
	}

	/**
	 * The stub of the commands changes no account, so the caller is its owner as before.
	 */
	private static String account(boolean isOwner) {
		return """
				{"id":"%s","name":"Acme","locale":"en","owner":%s,"members":2,"createdAt":"2026-01-02T03:04:05.678Z"}
				""".formatted(ACCOUNT, isOwner);
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
