package dev.latchkey.invitation.web;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.permission.PermissionSet;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.testing.RouterClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.OWNER;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static dev.latchkey.invitation.web.OwnerClient.INVITATIONS;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The owner's commands over HTTP: what reaches the command, what is returned, and what is
 * refused before a command runs.
 */
class OwnerCommandRoutesTests {

	private static final String KIM = "{\"email\":\"Kim@example.com\",\"permissions\":[\"products\",\"invoices\"]}";

	private final OwnerClient routes = new OwnerClient();

	private final TestInvitations invitations = this.routes.invitations;

	private final WebTestClient client = this.routes.owner();

	@Nested
	class Create {

		@Test
		void returnsTheInvitationWithItsLocationAndTag() {
			Invitation created = anInvitation().version(3).build();
			OwnerCommandRoutesTests.this.invitations.commandsReturn(created);
			create(KIM).expectStatus()
				.isCreated()
				.expectHeader()
				.valueEquals("Location", INVITATIONS + "/" + created.id())
				.expectHeader()
				.valueEquals("ETag", "\"3\"")
				.expectHeader()
				.doesNotExist("Idempotency-Replayed")
				.expectBody()
				.json(OwnerClient.json(created), JsonCompareMode.STRICT);
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).containsExactly(ACCOUNT);
		}

		@Test
		void passesEveryFieldToTheCommand() {
			OwnerCommandRoutesTests.this.invitations.commandsReturn(anInvitation().build());
			create("{\"email\":\" Kim@EXAMPLE.com \",\"permissions\":[\"invoices\",\"invoices\"],\"locale\":\"de\",\"expiresInDays\":30}")
				.expectStatus()
				.isCreated();
			create("{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"locale\":null,\"expiresInDays\":null}")
				.expectStatus()
				.isCreated();
			PermissionSet permissions = PermissionSet.ofKeys(List.of("invoices"));
			EmailAddress email = EmailAddress.of("Kim@example.com");
			assertThat(commands()).containsExactly(List.of("create", ACCOUNT, OWNER,
					new NewInvitation(email, permissions, Locale.GERMAN, new ValidityDays(30)), Optional.empty()),
					List.of("create", ACCOUNT, OWNER, new NewInvitation(email, permissions, null, null),
							Optional.empty()));
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "{} | 400 | malformed-request | email",
				"{\"email\":null} | 400 | malformed-request | email", "{\"email\":7} | 400 | malformed-request | email",
				"{\"email\":\"kim\",\"permissions\":[\"invoices\"]} | 400 | invalid-email | email",
				"{\"email\":\"kim@example.com\"} | 400 | malformed-request | permissions",
				"{\"email\":\"kim@example.com\",\"permissions\":\"invoices\"} | 400 | malformed-request | permissions",
				"{\"email\":\"kim@example.com\",\"permissions\":[null]} | 400 | malformed-request | permissions",
				"{\"email\":\"kim@example.com\",\"permissions\":[]} | 422 | empty-permissions | permissions",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"all\"]} | 422 | unknown-permission | permissions",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"locale\":\"tlh\"} | 422 | invalid-field | locale",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"expiresInDays\":0} | 422 | invalid-field | expiresInDays",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"expiresInDays\":31} | 422 | invalid-field | expiresInDays",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"expiresInDays\":\"7\"} | 400 | malformed-request | expiresInDays",
				"{\"email\":\"kim@example.com\",\"permissions\":[\"invoices\"],\"role\":\"admin\"} | 400 | malformed-request | role" })
		void refusesAnInvalidFieldAndNamesIt(String body, int status, String code, String field) {
			assertProblem(create(body), status, code).jsonPath("$.field").isEqualTo(field);
			assertThat(commands()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "[]", "null", "7", "{", "{\"email\":\"a\",\"email\":\"b\"}", "" })
		void refusesABodyThatIsNotAnObject(String body) {
			assertProblem(create(body), 400, "malformed-request");
			assertThat(commands()).isEmpty();
		}

		@Test
		void explainsProblemsInTheLanguageOfTheClient() {
			ResponseSpec response = OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS)
				.header("Accept-Language", "de")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"email\":\"kim\",\"permissions\":[\"invoices\"]}")
				.exchange();
			response.expectHeader().valueEquals("Content-Language", "de");
			assertProblem(response, 400, "invalid-email").jsonPath("$.title")
				.isEqualTo(RouterClient.languages().translations(Locale.GERMAN).text("problem.invalid-email"));
		}

		@ParameterizedTest
		@CsvSource({ "j\u00f6rg@example.com, detail.email-local-part-not-ascii, \u00f6",
				"kim@exam\u200bple.com, detail.email-invisible-character, U+200B" })
		void explainsWhatIsWrongWithAnAddress(String address, String key, String argument) {
			for (Locale language : List.of(Locale.ENGLISH, Locale.GERMAN)) {
				assertProblem(OwnerCommandRoutesTests.this.client.post()
					.uri(INVITATIONS)
					.header("Accept-Language", language.toLanguageTag())
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue("{\"email\":\"" + address + "\",\"permissions\":[\"invoices\"]}")
					.exchange(), 400, "invalid-email").jsonPath("$.field")
					.isEqualTo("email")
					.jsonPath("$.detail")
					.isEqualTo(RouterClient.languages().translations(language).text(key, argument));
			}
		}

		@Test
		void refusesOtherMediaTypesAndParameters() {
			assertProblem(OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS)
				.contentType(MediaType.TEXT_PLAIN)
				.bodyValue(KIM)
				.exchange(), 415, "unsupported-media-type");
			assertProblem(OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS + "?dryRun=true")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(KIM)
				.exchange(), 400, "malformed-request").jsonPath("$.field").isEqualTo("dryRun");
			assertThat(commands()).isEmpty();
		}

		@Test
		void refusesAnAccountIdInAnotherForm() {
			assertProblem(OwnerCommandRoutesTests.this.client.post()
				.uri("/api/v1/accounts/" + ACCOUNT.toString().toUpperCase(Locale.ROOT) + "/invitations")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(KIM)
				.exchange(), 400, "malformed-request").jsonPath("$.field").isEqualTo("account");
		}

		@Test
		void needsASignedInUser() {
			assertProblem(create(OwnerCommandRoutesTests.this.routes.anonymous(), KIM, null), 401, "not-signed-in");
			assertThat(commands()).isEmpty();
		}

		@Test
		void reportsWhyTheCommandIsRefused() {
			OwnerCommandRoutesTests.this.invitations
				.commandsAreRefused(DomainException.of(ProblemCode.INVITATION_PENDING).with("invitationId", "id-1"));
			assertProblem(create(KIM), 409, "invitation-pending").jsonPath("$.invitationId").isEqualTo("id-1");
			assertThat(commands()).hasSize(1);
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "two words", "k\u00e4y",
				"12345678901234567890123456789012345678901234567890123456789012345" })
		void refusesAnInvalidIdempotencyKey(String key) {
			assertProblem(create(OwnerCommandRoutesTests.this.client, KIM, key), 400, "malformed-request");
			assertThat(commands()).isEmpty();
		}

		@Test
		void passesTheIdempotencyKeyToTheCommand() {
			OwnerCommandRoutesTests.this.invitations.commandsReturn(anInvitation().build());
			create(OwnerCommandRoutesTests.this.client, KIM, "key-1").expectStatus()
				.isCreated()
				.expectHeader()
				.doesNotExist("Idempotency-Replayed");
			assertThat(commands()).singleElement()
				.satisfies((call) -> assertThat(call).last().isEqualTo(Optional.of("key-1")));
		}

		@Test
		void marksTheRepeatedResponseOfACompletedRequest() {
			Invitation earlier = anInvitation().version(2).build();
			OwnerCommandRoutesTests.this.invitations.commandsReplay(earlier);
			create(OwnerCommandRoutesTests.this.client, KIM, "key-1").expectStatus()
				.isCreated()
				.expectHeader()
				.valueEquals("Idempotency-Replayed", "true")
				.expectHeader()
				.valueEquals("ETag", "\"2\"")
				.expectBody()
				.json(OwnerClient.json(earlier), JsonCompareMode.STRICT);
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).isEmpty();
		}

		private ResponseSpec create(String body) {
			return create(OwnerCommandRoutesTests.this.client, body, null);
		}

		private ResponseSpec create(WebTestClient client, String body, @Nullable String key) {
			return client.post().uri(INVITATIONS).headers((headers) -> {
				if (key != null) {
					headers.set("Idempotency-Key", key);
				}
			}).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
		}

	}

	@Nested
	class ResendAndRevoke {

		@ParameterizedTest
		@ValueSource(strings = { "resend", "revoke" })
		void returnTheChangedInvitation(String command) {
			Invitation changed = anInvitation().tokenVersion(2).version(5).build();
			OwnerCommandRoutesTests.this.invitations.commandsReturn(changed);
			post(changed, command).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"5\"")
				.expectBody()
				.json(OwnerClient.json(changed), JsonCompareMode.STRICT);
			assertThat(commands()).containsExactly(List.of(command, ACCOUNT, OWNER, changed.id(), Optional.empty()));
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).containsExactly(ACCOUNT);
		}

		@ParameterizedTest
		@ValueSource(strings = { "resend", "revoke" })
		void reportWhyTheyAreRefused(String command) {
			OwnerCommandRoutesTests.this.invitations
				.commandsAreRefused(DomainException.of(ProblemCode.WRONG_STATUS).with("invitationStatus", "accepted"));
			assertProblem(post(anInvitation().build(), command), 409, "wrong-status").jsonPath("$.invitationStatus")
				.isEqualTo("accepted");
		}

		@ParameterizedTest
		@ValueSource(strings = { "resend", "revoke" })
		void haveNoBody(String command) {
			assertProblem(OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS + "/" + anInvitation().build().id() + "/" + command)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{}")
				.exchange(), 400, "malformed-request");
			assertThat(commands()).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "resend", "revoke" })
		void markTheRepeatedResponseOfACompletedRequest(String command) {
			Invitation invitation = anInvitation().build();
			OwnerCommandRoutesTests.this.invitations.commandsReplay(invitation);
			OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS + "/" + invitation.id() + "/" + command)
				.header("Idempotency-Key", "key-1")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Idempotency-Replayed", "true");
			assertThat(commands())
				.containsExactly(List.of(command, ACCOUNT, OWNER, invitation.id(), Optional.of("key-1")));
		}

		@Test
		void namesTheWaitUntilTheCooldownIsOver() {
			OwnerCommandRoutesTests.this.invitations
				.commandsAreRefused(DomainException.of(ProblemCode.RESEND_TOO_SOON).retryAfter(Duration.ofSeconds(42)));
			ResponseSpec response = post(anInvitation().build(), "resend");
			response.expectHeader().valueEquals("Retry-After", "42");
			assertProblem(response, 429, "resend-too-soon");
		}

		private ResponseSpec post(Invitation invitation, String command) {
			return OwnerCommandRoutesTests.this.client.post()
				.uri(INVITATIONS + "/" + invitation.id() + "/" + command)
				.exchange();
		}

	}

	@Nested
	class Permissions {

		@Test
		void areReadWithTheirVersion() {
			Invitation invitation = OwnerCommandRoutesTests.this.invitations.add(anInvitation().version(4));
			OwnerCommandRoutesTests.this.client.get()
				.uri(path(invitation))
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"4\"")
				.expectBody()
				.json("{\"permissions\":[\"products\",\"invoices\"],\"permissionsVersion\":4}", JsonCompareMode.STRICT);
		}

		@Test
		void areReplacedIfTheVersionMatches() {
			Invitation edited = anInvitation().permissions("domains").version(5).build();
			OwnerCommandRoutesTests.this.invitations.commandsReturn(edited);
			put(edited, "\"4\"", "{\"permissions\":[\"domains\"]}").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("ETag", "\"5\"")
				.expectBody()
				.json("{\"permissions\":[\"domains\"],\"permissionsVersion\":5}", JsonCompareMode.STRICT);
			assertThat(commands()).containsExactly(
					List.of("edit", ACCOUNT, OWNER, edited.id(), PermissionSet.ofKeys(List.of("domains")), 4));
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).containsExactly(ACCOUNT);
		}

		@ParameterizedTest
		@CsvSource(quoteCharacter = '\'', value = { ", 428, if-match-required", "*, 412, stale", "4, 412, stale",
				"'W/\"4\"', 412, stale", "'\"four\"', 412, stale" })
		void areNotReplacedWithoutAVersion(@Nullable String tag, int status, String code) {
			assertProblem(put(anInvitation().build(), tag, "{\"permissions\":[\"domains\"]}"), status, code);
			assertThat(commands()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`',
				value = { "{} | 400 | malformed-request", "{\"permissions\":[]} | 422 | empty-permissions",
						"{\"permissions\":[\"all\"]} | 422 | unknown-permission",
						"{\"permissions\":[\"domains\"],\"version\":4} | 400 | malformed-request" })
		void areNotReplacedByAnInvalidBody(String body, int status, String code) {
			assertProblem(put(anInvitation().build(), "\"4\"", body), status, code);
			assertThat(commands()).isEmpty();
		}

		@Test
		void areNotReplacedIfAnotherEditCameFirst() {
			OwnerCommandRoutesTests.this.invitations.commandsAreRefused(DomainException.of(ProblemCode.STALE));
			assertProblem(put(anInvitation().version(5).build(), "\"4\"", "{\"permissions\":[\"domains\"]}"), 412,
					"stale");
			assertThat(OwnerCommandRoutesTests.this.invitations.notified()).isEmpty();
		}

		private ResponseSpec put(Invitation invitation, @Nullable String tag, String body) {
			return OwnerCommandRoutesTests.this.client.put().uri(path(invitation)).headers((headers) -> {
				if (tag != null) {
					headers.set("If-Match", tag);
				}
			}).contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
		}

		private String path(Invitation invitation) {
			return INVITATIONS + "/" + invitation.id() + "/permissions";
		}

	}

	private List<List<@Nullable Object>> commands() {
		return this.invitations.commands();
	}

	static WebTestClient.BodyContentSpec assertProblem(ResponseSpec response, int status, String code) {
		return response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.code")
			.isEqualTo(code)
			.jsonPath("$.status")
			.isEqualTo(status)
			.jsonPath("$.type")
			.isEqualTo("urn:latchkey:problem:" + code);
	}

}
