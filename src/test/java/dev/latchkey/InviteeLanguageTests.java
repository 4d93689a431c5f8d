package dev.latchkey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Answer;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.People;
import dev.latchkey.testing.People.Owner;
import dev.latchkey.testing.People.Person;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.latchkey.LanguageScene.ENGLISH;
import static dev.latchkey.LanguageScene.GERMAN;
import static dev.latchkey.LanguageScene.assertGerman;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever holds the link of an invitation is answered in the language of its mail.
 */
class InviteeLanguageTests {

	static LanguageScene scene;

	@BeforeAll
	static void start() {
		scene = LanguageScene.open();
	}

	@AfterAll
	static void stop() {
		scene.close();
	}

	@Test
	void seesTheOfferInItsLanguageWhateverTheBrowserSays() {
		Mail german = scene.mail().awaitMail(scene.invite(scene.anOwner("Acme", null), "de").at("email"));
		Answer preview = scene.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", german.token()), ENGLISH);
		assertThat(preview.header("Content-Language")).isEqualTo("de");
		assertThat(preview.header("Vary")).isNull();
		assertThat(preview.json().path("permissions").get(1).path("title").asString())
			.isEqualTo("Rechnungen ansehen und bezahlen");
		assertThat(preview.json().path("permissions").get(1).path("description").asString())
			.isEqualTo("Rechnungen einsehen und bezahlen");
		Mail english = scene.mail().awaitMail(scene.invite(scene.anOwner("Acme", null), "en").at("email"));
		Answer other = scene.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", english.token()), GERMAN);
		assertThat(other.header("Content-Language")).isEqualTo("en");
		assertThat(other.text()).contains("View & Pay Invoices");
	}

	@Test
	void hearsOfEveryRefusalInItsLanguageWhateverTheBrowserSays() {
		Owner owner = scene.anOwner("Acme", null);
		Answer invited = scene.invite(owner, "de");
		String path = owner.path("/invitations/" + invited.at("id"));
		Mail first = scene.mail().awaitMail(invited.at("email"));
		Client anonymous = scene.service().anonymous();
		assertGerman(scene.accept(anonymous, first, "Ute", "12345678"), "weak-password",
				"Dieses Passwort ist zu leicht zu erraten",
				"Dieses Passwort ist eines der ersten, die jeder probieren würde.");
		assertGerman(scene.accept(anonymous, first, " ", People.PASSWORD), "invalid-field",
				"Der Wert eines Feldes wird nicht angenommen", "Darf nicht leer sein.");
		assertGerman(scene.accept(anonymous, first, null, People.PASSWORD), "malformed-request",
				"Die Anfrage ist nicht lesbar", "Das Feld „name“ fehlt oder ist null.");
		assertGerman(scene.accept(anonymous, first, null, null), "not-signed-in", "Melden Sie sich zuerst an",
				"Melden Sie sich zuerst an.");
		assertGerman(scene.accept(scene.people().aUser().client(), first, null, null), "invitation-email-mismatch",
				"Diese Einladung gilt für eine andere Adresse", "Diese Einladung gilt für eine andere Adresse.");
		assertGerman(decline(first, "x".repeat(301)), "invalid-field", "Der Wert eines Feldes wird nicht angenommen",
				"Höchstens 300 Zeichen.");
		owner.client().send("POST", path + "/resend", null);
		Mail second = scene.mail().awaitMail(invited.at("email"), 2);
		assertGerman(preview(first), "superseded", "Es wurde ein neuerer Link verschickt",
				"Es wurde ein neuerer Link verschickt.");
		scene.database()
			.update("update invitation set issued_at = issued_at - interval '8 days', "
					+ "expires_at = expires_at - interval '8 days' where id = ?::uuid", invited.at("id"));
		assertGerman(preview(second), "expired", "Dieser Link ist abgelaufen", "Dieser Link ist abgelaufen.");
		owner.client().send("POST", path + "/revoke", null);
		assertGerman(preview(second), "revoked", "Diese Einladung wurde zurückgezogen",
				"Diese Einladung wurde zurückgezogen.");
		assertGerman(decline(second, null), "revoked", "Diese Einladung wurde zurückgezogen",
				"Diese Einladung wurde zurückgezogen.");
	}

	@Test
	void whoHasALoginHearsOfItInTheInvitationsLanguage() {
		Owner owner = scene.anOwner("Acme", "de");
		Person known = scene.people().aUser();
		owner.invite(known.address(), "domains");
		assertGerman(
				scene.accept(scene.service().anonymous(), scene.mail().awaitMail(known.address()), "Ute",
						People.PASSWORD),
				"login-exists", "Für diese Adresse gibt es bereits einen Zugang; melden Sie sich an, um anzunehmen",
				"Für diese Adresse gibt es bereits einen Zugang; melden Sie sich an, um anzunehmen.");
	}

	@Test
	void ofAnEnglishInvitationHearsEnglish() {
		Owner owner = scene.anOwner("Acme", "de");
		Answer invited = scene.invite(owner, "en");
		Mail received = scene.mail().awaitMail(invited.at("email"));
		owner.client().send("POST", owner.path("/invitations/" + invited.at("id") + "/revoke"), null);
		Answer refused = scene.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", received.token()), GERMAN);
		assertThat(refused.at("title")).isEqualTo("This invitation was withdrawn");
		assertThat(refused.header("Content-Language")).isEqualTo("en");
		assertThat(refused.header("Vary")).isNull();
	}

	/**
	 * Only who holds a genuine link learns anything from it, its language included.
	 */
	@Test
	void whoseTokenIsNotOursIsAnsweredInTheLanguageAskedFor() {
		String token = scene.mail().awaitMail(scene.invite(scene.anOwner("Acme", null), "de").at("email")).token();
		char last = (token.charAt(91) == 'A') ? 'E' : 'A';
		for (String forged : List.of("", "A".repeat(92), token.substring(0, 91) + last, token + "A")) {
			Answer refused = scene.service().anonymous().post("/invitations/preview", Map.of("token", forged), ENGLISH);
			assertThat(refused.at("title")).isEqualTo("There is nothing here that you may see");
			Answer asked = scene.service().anonymous().post("/invitations/preview", Map.of("token", forged), GERMAN);
			assertGerman(asked, "not-found", "Hier gibt es nichts, was Sie sehen dürfen",
					"Hier gibt es nichts, was Sie sehen dürfen.");
		}
	}

	@Test
	void seesTheOffersOfAllAccountsInTheLanguageAskedFor() {
		Person invitee = scene.people().aUser();
		scene.anOwner("Acme", "de").invite(invitee.address(), "domains");
		Answer plain = invitee.client().get("/me/invitations");
		assertThat(plain.text()).contains("\"View Domains\"");
		assertThat(plain.header("Content-Language")).isEqualTo("en");
		Answer german = invitee.client().get("/me/invitations", GERMAN);
		assertThat(german.text()).contains("\"Domains ansehen\"", "\"Domainregistrierungen einsehen\"");
		assertThat(german.header("Content-Language")).isEqualTo("de");
		assertThat(german.header("Vary")).isEqualTo("Accept-Language");
	}

	private Answer preview(Mail received) {
		return scene.service().anonymous().post("/invitations/preview", Map.of("token", received.token()), ENGLISH);
	}

	private Answer decline(Mail received, @Nullable String reason) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("token", received.token()));
		if (reason != null) {
			body.put("reason", reason);
		}
		return scene.service().anonymous().post("/invitations/decline", body, ENGLISH);
	}

}
