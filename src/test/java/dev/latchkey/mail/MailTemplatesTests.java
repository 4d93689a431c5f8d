package dev.latchkey.mail;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.MessageBundles;
import dev.latchkey.shared.EmailAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The rendering of mails as plain text and HTML.
 */
class MailTemplatesTests {

	private static final String LINK = "https://portal.example.test/verification#a&b<c>";

	private final MailTemplates templates = new MailTemplates(MessageBundles.read(), "Latch & Key");

	@Test
	void rendersTheLinkAndTheProductLiterallyAsText() {
		String text = render("verification", Locale.ENGLISH).text();
		assertThat(text).isEqualToNormalizingNewlines(
				"""
						Someone, probably you, wants to sign up with this e-mail address. Open this link to choose a name and a password:

						%s

						If it wasn't you, you can ignore this e-mail: nothing happens unless the link is used.

						Latch & Key
						"""
					.formatted(LINK));
	}

	@Test
	void escapesAllValuesInHtml() {
		assertThat(render("verification", Locale.ENGLISH).html())
			.contains("<html lang=\"en\">", "<a href=\"https://portal.example.test/verification#a&amp;b&lt;c&gt;\"",
					"<p>Latch &amp; Key</p>")
			.doesNotContain("<c>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "verification", "password-reset", "login-exists" })
	void rendersTheLanguageOfTheRecipient(String template) {
		MailTemplates.Rendered german = render(template, Locale.forLanguageTag("de-AT"));
		assertThat(german.text()).startsWith("Jemand, vermutlich Sie selbst, ").contains(LINK);
		assertThat(german.html()).contains("<html lang=\"de\">").doesNotContain("Someone");
	}

	@Test
	void rendersEnglishForOtherLanguages() {
		assertThat(render("password-reset", Locale.FRENCH)).isEqualTo(render("password-reset", Locale.ENGLISH));
	}

	@Test
	void failsIfTheModelLacksAValue() {
		MailMessage message = new MailMessage(EmailAddress.of("ann@example.test"), "Subject", "verification",
				Locale.ENGLISH, Map.of());
		assertThatIllegalStateException().isThrownBy(() -> this.templates.render(message))
			.withMessage("mail template verification.ftl can't be rendered");
	}

	@Test
	void hidesTheRenderedLinkInLogs() {
		assertThat(render("verification", Locale.ENGLISH)).hasToString("Rendered");
	}

	private MailTemplates.Rendered render(String template, Locale locale) {
		return this.templates.render(new MailMessage(EmailAddress.of("ann@example.test"), "Subject", template, locale,
				Map.of("link", LINK)));
	}

}
