package dev.latchkey.mail;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LanguageFixture;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.latchkey.testing.LanguageFixture.english;
import static dev.latchkey.testing.LanguageFixture.german;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mail is in the language of its recipient, from the subject to the last line.
 */
@ServiceTest
class MailLanguageTests {

	private static final String ACCOUNT_NAME = "Härte & Söhne's <b>{0}</b>";

	static LanguageFixture fixture;

	@BeforeAll
	static void start() {
		fixture = LanguageFixture.open();
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Nested
	class InvitationMails {

		@Test
		void areGermanFromSubjectToEnd() {
			Owner owner = fixture.anOwner(ACCOUNT_NAME, null);
			Response invited = fixture.invite(owner, "de");
			Mail received = fixture.mail().awaitMail(invited.at("email"));
			String until = DateTimeFormatter.ofPattern("d. MMMM uuuu, HH:mm", Locale.GERMAN)
				.format(Instant.parse(invited.at("expiresAt")).atOffset(ZoneOffset.UTC));
			assertThat(received.subject()).isEqualTo(ACCOUNT_NAME + " hat Sie zu einem Kundenkonto eingeladen");
			assertThat(visible(received.text())).isEqualTo(
					"""
							Name of %s hat Sie zum Kundenkonto „%s“ eingeladen.

							Wenn Sie annehmen, erhalten Sie diese Berechtigungen:
							- Domains ansehen
							- Rechnungen ansehen und bezahlen

							Bis zum %s Uhr (UTC) können Sie die Einladung über diesen Link annehmen oder ablehnen:

							%s/invitation#%s

							Der Link ist nur für Sie bestimmt. Wenn Sie keine Einladung erwarten, können Sie diese E-Mail ignorieren.

							Latchkey
							"""
						.formatted(owner.person().address(), ACCOUNT_NAME, until, fixture.service().url(),
								received.token()));
			assertThat(visible(received.html()))
				.contains("<html lang=\"de\">",
						"hat Sie zum Kundenkonto „Härte &amp; Söhne&#39;s &lt;b&gt;{0}&lt;/b&gt;“ eingeladen.",
						"<li>Rechnungen ansehen und bezahlen</li>", ">Einladung ansehen</a>",
						"Sie können die Einladung bis zum " + until + " Uhr (UTC) annehmen oder ablehnen.")
				.doesNotContain("<b>", "accept", "You ");
		}

		@ParameterizedTest
		@CsvSource({ "'', '', en", "'', en, en", "'', de, de", "'', de-AT, de-AT", "de, '', de", "de, de, de",
				"de, en, en", "de-CH, '', de-CH", "en, de, de" })
		void areInTheLanguageOfTheInvitationOrOfItsAccount(String account, String invitation, String expected) {
			Owner owner = fixture.anOwner("Acme", account.isEmpty() ? null : account);
			Response invited = fixture.invite(owner, invitation.isEmpty() ? null : invitation);
			assertThat(invited.at("locale")).isEqualTo(expected);
			Mail received = fixture.mail().awaitMail(invited.at("email"));
			boolean german = expected.startsWith("de");
			assertThat(received.subject()).isEqualTo(
					german ? "Acme hat Sie zu einem Kundenkonto eingeladen" : "Acme has invited you to their account");
			assertThat(received.html()).contains(german ? "<html lang=\"de\">" : "<html lang=\"en\">");
			assertThat(received.text()).contains(german ? "Domains ansehen" : "View Domains");
		}

		@Test
		void keepTheirLanguageOnResend() {
			Owner owner = fixture.anOwner("Acme", "en");
			Response invited = fixture.invite(owner, "de");
			fixture.mail().awaitMail(invited.at("email"));
			Response resent = owner.client()
				.send("POST", owner.path("/invitations/" + invited.at("id") + "/resend"), null);
			assertThat(resent.at("locale")).isEqualTo("de");
			assertThat(fixture.mail().awaitMail(invited.at("email"), 2).subject())
				.isEqualTo("Acme hat Sie zu einem Kundenkonto eingeladen");
		}

	}

	@Nested
	class OtherMails {

		@Test
		void ofSignUpAreInTheLanguageOfTheRequest() {
			String address = TestUsers.anAddress();
			signUp(address, german());
			Mail link = fixture.mail().awaitMail(address);
			assertThat(link.subject()).isEqualTo("Bestätigen Sie Ihre E-Mail-Adresse");
			assertThat(link.text()).contains("möchte sich mit dieser Adresse registrieren");
			assertThat(link.html()).contains("<html lang=\"de\">", ">Namen und Passwort festlegen</a>");
			assertThat(verify(link).status()).isEqualTo(201);
			signUp(address, german());
			Mail loginExists = fixture.mail().awaitMail(address, 2);
			assertThat(loginExists.subject()).isEqualTo("Sie haben bereits einen Zugang");
			assertThat(loginExists.text()).contains("hier melden Sie sich an");
			assertThat(loginExists.html()).contains("<html lang=\"de\">", ">Anmelden</a>");
			signUp(address);
			assertThat(fixture.mail().awaitMail(address, 3).subject()).isEqualTo("You already have a login");
		}

		@Test
		void ofSignUpAreEnglishIfNoLanguageIsRequested() {
			String address = TestUsers.anAddress();
			signUp(address);
			Mail link = fixture.mail().awaitMail(address);
			assertThat(link.subject()).isEqualTo("Confirm your e-mail address");
			assertThat(link.html()).contains("<html lang=\"en\">", ">Choose a name and a password</a>");
		}

		@Test
		void ofPasswordResetAreInTheLanguageOfTheSignUp() {
			String address = TestUsers.anAddress();
			signUp(address, german());
			assertThat(verify(fixture.mail().awaitMail(address)).status()).isEqualTo(201);
			reset(address, english());
			Mail reset = fixture.mail().awaitMail(address, 2);
			assertThat(reset.subject()).isEqualTo("Neues Passwort festlegen");
			assertThat(reset.text()).contains("Öffnen Sie dazu diesen Link");
			assertThat(reset.html()).contains("<html lang=\"de\">", ">Neues Passwort festlegen</a>");
		}

		@Test
		void ofPasswordResetAreInTheLanguageOfTheAcceptedInvitation() {
			Response invited = fixture.invite(fixture.anOwner("Acme", null), "de");
			Mail received = fixture.mail().awaitMail(invited.at("email"));
			assertThat(fixture.accept(fixture.service().anonymous(), received, "Ute", TestUsers.PASSWORD).status())
				.isEqualTo(200);
			reset(invited.at("email"));
			assertThat(fixture.mail().awaitMail(invited.at("email"), 2).subject())
				.isEqualTo("Neues Passwort festlegen");
		}

		private void signUp(String address, String... headers) {
			assertThat(fixture.service().anonymous().post("/users", Map.of("email", address), headers).status())
				.isEqualTo(202);
		}

		private void reset(String address, String... headers) {
			assertThat(
					fixture.service().anonymous().post("/password-resets", Map.of("email", address), headers).status())
				.isEqualTo(202);
		}

		private Response verify(Mail received) {
			return fixture.service()
				.anonymous()
				.post("/users/verification",
						Map.of("token", received.token(), "name", "Ute", "password", TestUsers.PASSWORD));
		}

	}

	/**
	 * The visible text: without the characters that prevent names from becoming links.
	 */
	private static String visible(String text) {
		return text.replace("\u2060", "").replace("\r\n", "\n");
	}

}
