package dev.latchkey.invitation.web;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationBuilder;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.invitation.Membership;
import dev.latchkey.invitation.NewUserAcceptance;
import dev.latchkey.invitation.TestInvitations;
import dev.latchkey.permission.Permission;
import dev.latchkey.session.Caller;
import dev.latchkey.session.EndableSession;
import dev.latchkey.session.SessionToken;
import dev.latchkey.session.Sessions.OpenedSession;
import dev.latchkey.session.web.TestSessionResponses;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.RouterClient;
import dev.latchkey.user.User;
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
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

import static dev.latchkey.invitation.InvitationBuilder.ACCOUNT;
import static dev.latchkey.invitation.InvitationBuilder.anInvitation;
import static dev.latchkey.invitation.web.OwnerCommandRoutesTests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The invitee's routes: the link decides what is offered, and only the user of the
 * invited address can accept.
 */
class InviteeRoutesTests {

	private static final UserId KIM = new UserId(UUID.fromString("018f0000-0000-7000-8000-00000000000e"));

	private static final String SESSION_TOKEN = "s".repeat(43);

	private static final OpenedSession OPENED = new OpenedSession(SessionToken.of(SESSION_TOKEN).orElseThrow(),
			Instant.parse("2026-06-04T10:00:00Z"));

	private final TestInvitations invitations = new TestInvitations();

	private final EndableSession kim = new EndableSession(KIM, "kim@example.com", "Kim");

	private final List<Object> openedSessions = new ArrayList<>();

	private final List<String> sources = new ArrayList<>();

	private final List<List<String>> registrations = new ArrayList<>();

	private final WebTestClient anonymous = RouterClient.of(routes())
		.from(new InetSocketAddress("192.0.2.7", 4711))
		.build();

	private final WebTestClient client = RouterClient.of(routes()).signedInAs(this.kim.caller()).build();

	@Nested
	class Preview {

		@Test
		void showsTheOfferInTheLanguageOfTheInvitation() {
			Invitation invitation = InviteeRoutesTests.this.invitations
				.add(anInvitation().permissions("invoices").locale(Locale.GERMAN));
			preview(token(invitation)).expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Content-Language", "de")
				.expectHeader()
				.doesNotExist("Vary")
				.expectBody()
				.json(offer(Locale.GERMAN, ",\"loginExists\":false"), JsonCompareMode.STRICT);
			assertThat(InviteeRoutesTests.this.invitations.commands()).isEmpty();
		}

		@Test
		void showsWhetherTheInvitedAddressHasALogin() {
			Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());
			InviteeRoutesTests.this.invitations.addLogin(user());
			preview(token(invitation)).expectBody().jsonPath("$.loginExists").isEqualTo(true);
		}

		@Test
		void neverShowsTheInvitedAddress() {
			Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());
			preview(token(invitation)).expectBody(String.class)
				.value((body) -> assertThat(body).doesNotContainIgnoringCase("kim@"));
		}

		@ParameterizedTest
		@CsvSource({ "EXPIRED, 410, expired", "REVOKED, 410, revoked", "ACCEPTED, 410, used", "DECLINED, 410, used" })
		void explainsALinkThatIsNotValidInTheLanguageOfTheInvitation(InvitationStatus status, int http, String code) {
			Invitation invitation = InviteeRoutesTests.this.invitations
				.add(anInvitation().status(status).locale(Locale.GERMAN));
			ResponseSpec response = preview(token(invitation));
			response.expectHeader().valueEquals("Content-Language", "de");
			assertProblem(response, http, code);
		}

		@Test
		void leadsTheMemberWhoAcceptedIntoTheAccount() {
			Invitation accepted = InviteeRoutesTests.this.invitations.add(anInvitation().acceptedBy(KIM));
			InviteeRoutesTests.this.invitations.addMember(KIM, "quotes");
			assertProblem(preview(InviteeRoutesTests.this.client, accepted), 410, "used").jsonPath("$.accountId")
				.isEqualTo(ACCOUNT.toString());
		}

		@Test
		void doesNotLeadOthersIntoTheAccount() {
			InviteeRoutesTests.this.invitations.addMember(KIM, "quotes");
			Invitation accepted = InviteeRoutesTests.this.invitations.add(anInvitation(1).acceptedBy(KIM));
			Invitation byAnother = InviteeRoutesTests.this.invitations
				.add(anInvitation(2).acceptedBy(new UserId(UUID.randomUUID())));
			Invitation declined = InviteeRoutesTests.this.invitations.add(anInvitation(3).declined("No"));
			for (ResponseSpec response : List.of(preview(InviteeRoutesTests.this.anonymous, accepted),
					preview(InviteeRoutesTests.this.client, byAnother),
					preview(InviteeRoutesTests.this.client, declined))) {
				assertProblem(response, 410, "used").jsonPath("$.accountId").doesNotExist();
			}
		}

		@Test
		void isTheSameForASignedInUser() {
			Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());
			preview(InviteeRoutesTests.this.client, invitation).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.account.name")
				.isEqualTo("Acme");
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`',
				value = { "{} | 400 | malformed-request", "{\"token\":null} | 400 | malformed-request",
						"{\"token\":7} | 400 | malformed-request", "{\"token\":\"guess\"} | 404 | not-found",
						"{\"token\":\"guess\",\"name\":\"Kim\"} | 400 | malformed-request" })
		void refusesOtherTokens(String body, int status, String code) {
			assertProblem(post(InviteeRoutesTests.this.anonymous, "preview", body), status, code);
		}

		private ResponseSpec preview(WebTestClient sender, Invitation invitation) {
			return post(sender, "preview", "{\"token\":\"" + token(invitation) + "\"}");
		}

		private ResponseSpec preview(String token) {
			return post(InviteeRoutesTests.this.anonymous, "preview", "{\"token\":\"" + token + "\"}");
		}

	}

	@Nested
	class AcceptAsUser {

		private final Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());

		private final String body = "{\"token\":\"" + token(this.invitation) + "\"}";

		@Test
		void returnsTheMembership() {
			InviteeRoutesTests.this.invitations.commandsReturn(this.invitation);
			accept().expectStatus()
				.isOk()
				.expectCookie()
				.doesNotExist(TestSessionResponses.COOKIE)
				.expectBody()
				.json(membership(this.invitation, ""), JsonCompareMode.STRICT);
			assertThat(InviteeRoutesTests.this.invitations.commands())
				.containsExactly(List.of("accept", InviteeRoutesTests.this.invitations.link(this.invitation), KIM,
						InviteeRoutesTests.this.kim.caller().email(), "Kim"));
			assertThat(InviteeRoutesTests.this.invitations.notified()).containsExactly(ACCOUNT);
			assertThat(InviteeRoutesTests.this.openedSessions).isEmpty();
		}

		@Test
		void replacesACookieSession() {
			InviteeRoutesTests.this.invitations.commandsReturn(this.invitation);
			InviteeRoutesTests.this.client.post()
				.uri("/api/v1/invitations/accept")
				.cookie(TestSessionResponses.COOKIE, "old")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(this.body)
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Cache-Control", "no-store, no-transform")
				.expectCookie()
				.valueEquals(TestSessionResponses.COOKIE, SESSION_TOKEN)
				.expectBody()
				.json(membership(this.invitation, ""), JsonCompareMode.STRICT);
			assertThat(InviteeRoutesTests.this.openedSessions).containsExactly(InviteeRoutesTests.this.kim.caller());
		}

		@Test
		void keepsASessionWithABearerToken() {
			InviteeRoutesTests.this.invitations.commandsReturn(this.invitation);
			InviteeRoutesTests.this.client.post()
				.uri("/api/v1/invitations/accept")
				.header("Authorization", "Bearer " + SESSION_TOKEN)
				.cookie(TestSessionResponses.COOKIE, "old")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(this.body)
				.exchange()
				.expectStatus()
				.isOk()
				.expectCookie()
				.doesNotExist(TestSessionResponses.COOKIE);
			assertThat(InviteeRoutesTests.this.openedSessions).isEmpty();
		}

		@Test
		void returnsTheCurrentMembershipAgainAndKeepsTheSession() {
			Invitation accepted = anInvitation(2).permissions("quotes").acceptedBy(KIM).build();
			InviteeRoutesTests.this.invitations.commandsReplay(accepted);
			InviteeRoutesTests.this.client.post()
				.uri("/api/v1/invitations/accept")
				.cookie(TestSessionResponses.COOKIE, "old")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("{\"token\":\"" + token(accepted) + "\"}")
				.exchange()
				.expectStatus()
				.isOk()
				.expectCookie()
				.doesNotExist(TestSessionResponses.COOKIE)
				.expectBody()
				.json("""
						{"accountId":"%s","invitationId":"%s","permissions":["quotes"]}
						""".formatted(ACCOUNT, accepted.id()), JsonCompareMode.STRICT);
			assertThat(InviteeRoutesTests.this.openedSessions).isEmpty();
			assertThat(InviteeRoutesTests.this.invitations.notified()).isEmpty();
		}

		@Test
		void needsAUser() {
			assertProblem(post(InviteeRoutesTests.this.anonymous, "accept", this.body), 401, "not-signed-in");
			assertThat(InviteeRoutesTests.this.invitations.commands()).isEmpty();
		}

		@ParameterizedTest
		@CsvSource({ "INVITATION_EMAIL_MISMATCH, 403", "ALREADY_MEMBER, 409", "USED, 410" })
		void reportsWhyItIsRefused(ProblemCode code, int status) {
			InviteeRoutesTests.this.invitations.commandsAreRefused(DomainException.of(code));
			assertProblem(accept(), status, code.code());
			assertThat(InviteeRoutesTests.this.invitations.notified()).isEmpty();
		}

		private ResponseSpec accept() {
			return post(InviteeRoutesTests.this.client, "accept", this.body);
		}

	}

	@Nested
	class AcceptAsNewUser {

		private final Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());

		@Test
		void returnsASessionWithAToken() {
			accept("").expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Cache-Control", "no-store, no-transform")
				.expectCookie()
				.doesNotExist(TestSessionResponses.COOKIE)
				.expectBody()
				.json(membership(this.invitation, ",\"session\":" + session("\"token\":\"" + SESSION_TOKEN + "\",")),
						JsonCompareMode.STRICT);
			assertThat(InviteeRoutesTests.this.registrations)
				.containsExactly(List.of(token(this.invitation), "Kim", "correct horse", "192.0.2.7"));
			assertThat(InviteeRoutesTests.this.openedSessions).containsExactly(KIM);
			assertThat(InviteeRoutesTests.this.sources).hasSize(1);
		}

		@Test
		void returnsASessionAsACookieWithoutItsToken() {
			accept(",\"cookie\":true").expectStatus()
				.isOk()
				.expectCookie()
				.valueEquals(TestSessionResponses.COOKIE, SESSION_TOKEN)
				.expectCookie()
				.httpOnly(TestSessionResponses.COOKIE, true)
				.expectBody()
				.json(membership(this.invitation, ",\"session\":" + session("\"token\":null,")),
						JsonCompareMode.STRICT);
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', quoteCharacter = '`',
				value = { "{\"token\":\"t\",\"name\":\"Kim\"} | password",
						"{\"token\":\"t\",\"password\":\"correct horse\"} | name",
						"{\"name\":\"Kim\",\"password\":\"correct horse\"} | token",
						"{\"token\":\"t\",\"name\":7,\"password\":\"correct horse\"} | name",
						"{\"token\":\"t\",\"name\":\"Kim\",\"password\":\"p\",\"email\":\"kim@example.com\"} | email",
						"{\"token\":\"t\",\"name\":\"Kim\",\"password\":\"p\",\"cookie\":\"yes\"} | cookie" })
		void refusesOtherCombinationsOfFields(String body, String field) {
			assertProblem(post(InviteeRoutesTests.this.anonymous, "accept", body), 400, "malformed-request")
				.jsonPath("$.field")
				.isEqualTo(field);
			assertThat(InviteeRoutesTests.this.registrations).isEmpty();
			assertThat(InviteeRoutesTests.this.openedSessions).isEmpty();
		}

		private ResponseSpec accept(String more) {
			return post(InviteeRoutesTests.this.anonymous, "accept", "{\"token\":\"" + token(this.invitation)
					+ "\",\"name\":\"Kim\",\"password\":\"correct horse\"" + more + "}");
		}

	}

	@Nested
	class Decline {

		private final Invitation invitation = InviteeRoutesTests.this.invitations.add(anInvitation());

		@ParameterizedTest
		@CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '`',
				value = { "'' | null", ",\"reason\":null | null", ",\"reason\":\" Not now \" | Not now" })
		void hasAnOptionalReason(String more, String reason) {
			InviteeRoutesTests.this.invitations.commandsReturn(this.invitation);
			decline(more.replace("''", "")).expectStatus().isNoContent().expectBody().isEmpty();
			assertThat(InviteeRoutesTests.this.invitations.commands()).containsExactly(
					Arrays.asList("decline", InviteeRoutesTests.this.invitations.link(this.invitation), reason));
			assertThat(InviteeRoutesTests.this.invitations.notified()).containsExactly(ACCOUNT);
		}

		@ParameterizedTest
		@ValueSource(strings = { ",\"reason\":7", ",\"reasons\":\"x\"" })
		void refusesOtherFields(String more) {
			assertProblem(decline(more), 400, "malformed-request");
			assertThat(InviteeRoutesTests.this.invitations.commands()).isEmpty();
		}

		@Test
		void refusesALongReason() {
			assertProblem(decline(",\"reason\":\"" + "x".repeat(2000) + "\""), 422, "invalid-field").jsonPath("$.field")
				.isEqualTo("reason");
			assertThat(InviteeRoutesTests.this.invitations.commands()).isEmpty();
		}

		@Test
		void succeedsAgainAndChangesNothing() {
			InviteeRoutesTests.this.invitations.commandsReplay(anInvitation(2).declined("Not now").build());
			decline("").expectStatus().isNoContent().expectBody().isEmpty();
			assertThat(InviteeRoutesTests.this.invitations.notified()).isEmpty();
		}

		@Test
		void explainsALinkThatIsNotValid() {
			InviteeRoutesTests.this.invitations.commandsAreRefused(DomainException.of(ProblemCode.USED));
			assertProblem(decline(""), 410, "used");
			assertProblem(post(InviteeRoutesTests.this.anonymous, "decline", "{\"token\":\"guess\"}"), 404,
					"not-found");
			assertProblem(post(InviteeRoutesTests.this.anonymous, "decline", "{}"), 400, "malformed-request")
				.jsonPath("$.field")
				.isEqualTo("token");
		}

		private ResponseSpec decline(String more) {
			return post(InviteeRoutesTests.this.anonymous, "decline",
					"{\"token\":\"" + token(this.invitation) + "\"" + more + "}");
		}

	}

	@Nested
	class ReceivedList {

		@Test
		void containsThePendingOffersInTheLanguageOfTheClient() {
			InviteeRoutesTests.this.invitations.add(anInvitation(1).permissions("invoices"));
			InviteeRoutesTests.this.invitations.add(anInvitation(2).email("lee@example.com"));
			InviteeRoutesTests.this.invitations.add(anInvitation(3).status(InvitationStatus.REVOKED));
			InviteeRoutesTests.this.client.get()
				.uri("/api/v1/me/invitations")
				.header("Accept-Language", "de")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.valueEquals("Content-Language", "de")
				.expectHeader()
				.valueEquals("Vary", "Accept-Language")
				.expectBody()
				.json("{\"items\":[" + offer(Locale.GERMAN, "") + "]}", JsonCompareMode.STRICT);
		}

		@Test
		void needsAUser() {
			assertProblem(InviteeRoutesTests.this.anonymous.get().uri("/api/v1/me/invitations").exchange(), 401,
					"not-signed-in");
		}

	}

	private RouterFunction<ServerResponse> routes() {
		NewUserAcceptance registering = (token, name, password, source) -> Mono.fromSupplier(() -> {
			this.registrations.add(List.of(token, name, password, source));
			Invitation accepted = anInvitation().build();
			return new NewUserAcceptance.NewMember(user(),
					new Membership(accepted.account(), accepted.id(), accepted.permissions()));
		});
		return InvitationRoutes.inviteeRoutes(
				new InviteeHandler(this.invitations.acceptance(), this.invitations.received(),
						this.invitations.language(), RouterClient.languages()),
				new AcceptanceHandler(this.invitations.acceptance(), registering, this::signedIn,
						(Caller caller) -> opened(caller), TestSessionResponses.create(), this.invitations.language()));
	}

	private Mono<OpenedSession> signedIn(User user, String source) {
		this.sources.add(source);
		return opened(user.userId());
	}

	private Mono<OpenedSession> opened(Object user) {
		this.openedSessions.add(user);
		return Mono.just(OPENED);
	}

	private String token(Invitation invitation) {
		return this.invitations.link(invitation).text();
	}

	private static ResponseSpec post(WebTestClient client, String action, String body) {
		return client.post()
			.uri("/api/v1/invitations/" + action)
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange();
	}

	private static User user() {
		return new User(KIM.value(), "kim@example.com", "kim@example.com", "Kim", "hash", null, "en", null);
	}

	private static String offer(Locale locale, String more) {
		return """
				{"account":{"id":"%s","name":"Acme"},"inviter":"Ann","expiresAt":"2126-05-11T10:00:00Z",
				 "permissions":[{"key":"invoices","title":"%s","description":"%s"}]%s}
				""".formatted(ACCOUNT, text(locale, "title"), text(locale, "description"), more);
	}

	private static String text(Locale locale, String kind) {
		String key = kind.equals("title") ? Permission.INVOICES.titleKey() : Permission.INVOICES.descriptionKey();
		return RouterClient.languages().translations(locale).text(key);
	}

	private static String membership(Invitation invitation, String more) {
		return """
				{"accountId":"%s","invitationId":"%s","permissions":["products","invoices"]%s}
				""".formatted(InvitationBuilder.ACCOUNT, invitation.id(), more);
	}

	private static String session(String token) {
		return """
				{%s"expiresAt":"2026-06-04T10:00:00Z","user":{"id":"%s","email":"kim@example.com","name":"Kim"}}
				""".formatted(token, KIM);
	}

}
