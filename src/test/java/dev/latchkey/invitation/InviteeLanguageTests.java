package dev.latchkey.invitation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LanguageFixture;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import dev.latchkey.testing.TestUsers.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.latchkey.testing.LanguageFixture.assertGerman;
import static dev.latchkey.testing.LanguageFixture.english;
import static dev.latchkey.testing.LanguageFixture.german;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses to requests with the link of an invitation are in the language of its mail.
 */
@ServiceTest
class InviteeLanguageTests {

	static LanguageFixture fixture;

	@BeforeAll
	static void start() {
		fixture = LanguageFixture.open();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void offersAreInTheLanguageOfTheInvitation() {
		Mail german = fixture.mail().awaitMail(fixture.invite(fixture.anOwner("Acme", null), "de").at("email"));
		Response preview = fixture.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", german.token()), english());
		assertThat(preview.header("Content-Language")).isEqualTo("de");
		assertThat(preview.header("Vary")).isNull();
		assertThat(preview.json().path("permissions").get(1).path("title").asString())
			.isEqualTo("Rechnungen ansehen und bezahlen");
		assertThat(preview.json().path("permissions").get(1).path("description").asString())
			.isEqualTo("Rechnungen einsehen und bezahlen");
		Mail english = fixture.mail().awaitMail(fixture.invite(fixture.anOwner("Acme", null), "en").at("email"));
		Response other = fixture.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", english.token()), german());
		assertThat(other.header("Content-Language")).isEqualTo("en");
		assertThat(other.text()).contains("View & Pay Invoices");
	}

	@Test
	void problemsAreInTheLanguageOfTheInvitation() {
		Owner owner = fixture.anOwner("Acme", null);
		Response invited = fixture.invite(owner, "de");
		String path = owner.path("/invitations/" + invited.at("id"));
		Mail first = fixture.mail().awaitMail(invited.at("email"));
		Client anonymous = fixture.service().anonymous();
		assertGerman(fixture.accept(anonymous, first, "Ute", "12345678"), "weak-password",
				"Dieses Passwort ist zu leicht zu erraten",
				"Dieses Passwort ist zu verbreitet oder Ihrer Adresse zu ähnlich.");
		assertGerman(fixture.accept(anonymous, first, " ", TestUsers.PASSWORD), "invalid-field",
				"Der Wert eines Feldes ist ungültig", "Darf nicht leer sein.");
		assertGerman(fixture.accept(anonymous, first, null, TestUsers.PASSWORD), "malformed-request",
				"Die Anfrage ist nicht lesbar", "Das Feld „name“ fehlt oder ist null.");
		assertGerman(fixture.accept(anonymous, first, null, null), "not-signed-in", "Melden Sie sich zuerst an",
				"Melden Sie sich zuerst an.");
		assertGerman(fixture.accept(fixture.users().aUser().client(), first, null, null), "invitation-email-mismatch",
				"Diese Einladung gilt für eine andere Adresse", "Diese Einladung gilt für eine andere Adresse.");
		assertGerman(decline(first, "x".repeat(301)), "invalid-field", "Der Wert eines Feldes ist ungültig",
				"Höchstens 300 Zeichen.");
		owner.client().send("POST", path + "/resend", null);
		Mail second = fixture.mail().awaitMail(invited.at("email"), 2);
		assertGerman(preview(first), "superseded", "Es gibt einen neueren Link", "Es gibt einen neueren Link.");
		fixture.database()
			.update("update invitation set issued_at = issued_at - interval '8 days', "
					+ "expires_at = expires_at - interval '8 days' where id = ?::uuid", invited.at("id"));
		assertGerman(preview(second), "expired", "Dieser Link ist abgelaufen", "Dieser Link ist abgelaufen.");
		owner.client().send("POST", path + "/revoke", null);
		assertGerman(preview(second), "revoked", "Diese Einladung wurde widerrufen",
				"Diese Einladung wurde widerrufen.");
		assertGerman(decline(second, null), "revoked", "Diese Einladung wurde widerrufen",
				"Diese Einladung wurde widerrufen.");
	}

	@Test
	void anExistingLoginIsReportedInTheLanguageOfTheInvitation() {
		Owner owner = fixture.anOwner("Acme", "de");
		Person known = fixture.users().aUser();
		owner.invite(known.address(), "domains");
		assertGerman(
				fixture.accept(fixture.service().anonymous(), fixture.mail().awaitMail(known.address()), "Ute",
						TestUsers.PASSWORD),
				"login-exists", "Für diese Adresse gibt es bereits einen Zugang; melden Sie sich an, um anzunehmen",
				"Für diese Adresse gibt es bereits einen Zugang; melden Sie sich an, um anzunehmen.");
	}

	@Test
	void problemsOfAnEnglishInvitationAreInEnglish() {
		Owner owner = fixture.anOwner("Acme", "de");
		Response invited = fixture.invite(owner, "en");
		Mail received = fixture.mail().awaitMail(invited.at("email"));
		owner.client().send("POST", owner.path("/invitations/" + invited.at("id") + "/revoke"), null);
		Response refused = fixture.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", received.token()), german());
		assertThat(refused.at("title")).isEqualTo("This invitation was revoked");
		assertThat(refused.header("Content-Language")).isEqualTo("en");
		assertThat(refused.header("Vary")).isNull();
	}

	/**
	 * Only the holder of a genuine link learns anything about the invitation, even its
	 * language.
	 */
	@Test
	void problemsOfAForgedTokenAreInTheRequestedLanguage() {
		String token = fixture.mail()
			.awaitMail(fixture.invite(fixture.anOwner("Acme", null), "de").at("email"))
			.token();
		char last = (token.charAt(91) == 'A') ? 'E' : 'A';
		for (String forged : List.of("", "A".repeat(92), token.substring(0, 91) + last, token + "A")) {
			Response refused = fixture.service()
				.anonymous()
				.post("/invitations/preview", Map.of("token", forged), english());
			assertThat(refused.at("title")).isEqualTo("Not found, or you have no access");
			Response refusedInGerman = fixture.service()
				.anonymous()
				.post("/invitations/preview", Map.of("token", forged), german());
			assertGerman(refusedInGerman, "not-found", "Nicht gefunden, oder Sie haben keinen Zugriff",
					"Nicht gefunden, oder Sie haben keinen Zugriff.");
		}
	}

	@Test
	void receivedInvitationsAreInTheRequestedLanguage() {
		Person invitee = fixture.users().aUser();
		fixture.anOwner("Acme", "de").invite(invitee.address(), "domains");
		Response plain = invitee.client().get("/me/invitations");
		assertThat(plain.text()).contains("\"View Domains\"");
		assertThat(plain.header("Content-Language")).isEqualTo("en");
		Response german = invitee.client().get("/me/invitations", german());
		assertThat(german.text()).contains("\"Domains ansehen\"", "\"Domainregistrierungen einsehen\"");
		assertThat(german.header("Content-Language")).isEqualTo("de");
		assertThat(german.header("Vary")).isEqualTo("Accept-Language");
	}

	private Response preview(Mail received) {
		return fixture.service().anonymous().post("/invitations/preview", Map.of("token", received.token()), english());
	}

	private Response decline(Mail received, @Nullable String reason) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("token", received.token()));
		if (reason != null) {
			body.put("reason", reason);
		}
		return fixture.service().anonymous().post("/invitations/decline", body, english());
	}

}
