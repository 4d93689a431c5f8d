package dev.latchkey.language;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.LanguageFixture;
import dev.latchkey.testing.MailServer.Mail;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestUsers;
import dev.latchkey.testing.TestUsers.Owner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An additional bundle adds a language to mails, to responses and to the accepted values
 * of {@code locale}. The French texts of this test are the English ones with a prefix.
 */
@ServiceTest
class NewLanguageTests {

	private static final String[] FRENCH = { "Accept-Language", "fr-CH, fr;q=0.9, de;q=0.8" };

	@TempDir
	static Path folder;

	static LanguageFixture fixture;

	@BeforeAll
	static void start() throws IOException {
		for (String bundle : List.of("messages.properties", "messages_de.properties")) {
			Files.writeString(folder.resolve(bundle), text(bundle));
		}
		String french = text("messages.properties").lines()
			.map((line) -> (line.contains("=") && !line.startsWith("date-time")) ? line.replaceFirst("=", "=Voilà: ")
					: line)
			.collect(Collectors.joining("\n"));
		Files.writeString(folder.resolve("messages_fr.properties"), french);
		Languages languages = MessageBundles.read("file:" + folder + "/");
		fixture = LanguageFixture.open((service) -> service.replace("languages", Languages.class, languages));
	}

	@AfterAll
	static void stop() {
		fixture.close();
	}

	@Test
	void isUsedInMails() {
		Owner owner = fixture.anOwner("Acme", null);
		Response invited = fixture.invite(owner, "fr-CA");
		assertThat(invited.at("locale")).isEqualTo("fr-CA");
		Mail received = fixture.mail().awaitMail(invited.at("email"));
		assertThat(received.subject()).isEqualTo("Voilà: Acme has invited you to their account");
		assertThat(received.text()).contains("Voilà: If you accept", "- Voilà: View Domains");
		assertThat(received.html()).contains("<html lang=\"fr\">", "Voilà: View invitation</a>");
		Response preview = fixture.service()
			.anonymous()
			.post("/invitations/preview", Map.of("token", received.token()));
		assertThat(preview.header("Content-Language")).isEqualTo("fr");
		assertThat(preview.text()).contains("\"Voilà: View Domains\"");
	}

	@Test
	void isUsedInResponses() {
		Response refused = fixture.service().anonymous().get("/session", FRENCH);
		assertThat(refused.at("title")).isEqualTo("Voilà: Sign in first");
		assertThat(refused.header("Content-Language")).isEqualTo("fr");
		assertThat(fixture.service().anonymous().get("/permissions", FRENCH).text()).contains("Voilà: View Emails");
	}

	@Test
	void isAcceptedAsLocale() {
		Owner owner = fixture.anOwner("Acme", "fr");
		assertThat(owner.client().get("/accounts/" + owner.account()).at("locale")).isEqualTo("fr");
		Response refused = owner.client()
			.post(owner.path("/invitations"),
					Map.of("email", TestUsers.anAddress(), "permissions", List.of("domains"), "locale", "it"));
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.at("detail")).endsWith("in one of these languages: de, en, fr.");
	}

	private static String text(String bundle) throws IOException {
		return new ClassPathResource("languages/" + bundle).getContentAsString(StandardCharsets.UTF_8);
	}

}
