package dev.latchkey.linktoken;

import java.util.List;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken.Purpose;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.shared.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The links in mails and the templates that they are made from.
 */
class MailedLinksTests {

	private static final UUID SCOPE = UUID.fromString("018f0000-0000-7000-8000-000000000001");

	private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-0000000000ff");

	private final LinkTokens tokens = new LinkTokens(List.of(LinkTokens.Key.of(1, new byte[32])));

	private final MailedLinks links = new MailedLinks(LinkFixture.properties("{base-url}/invitation#{token}"),
			this.tokens, PublicUrl.of("https://portal.example.test/users/"));

	@ParameterizedTest
	@CsvSource({ "INVITATION, invitation", "VERIFICATION, verification", "PASSWORD_RESET, password-reset" })
	void containTheTokenOfTheirPurposeInTheFragment(Purpose purpose, String path) {
		String token = this.tokens.issue(purpose, SCOPE, SUBJECT, 3).text();
		assertThat(this.links.withToken(purpose, SCOPE, SUBJECT, 3))
			.isEqualTo("https://portal.example.test/users/" + path + "#" + token);
	}

	@Test
	void toTheConsoleContainNoToken() {
		assertThat(this.links.console()).isEqualTo("https://portal.example.test/users/");
	}

	@Test
	void canPointToAnotherSite() {
		MailedLinks other = new MailedLinks(LinkFixture.properties("https://www.example.test/join#t={token}&x"),
				this.tokens, PublicUrl.of("https://portal.example.test"));
		assertThat(other.withToken(Purpose.INVITATION, SCOPE, SUBJECT, 1))
			.startsWith("https://www.example.test/join#t=")
			.endsWith("&x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{base-url}/invitation", "{base-url}/invitation?{token}", "{base-url}/{token}#",
			"{base-url}/invitation#" })
	void requireTheTokenInTheFragment(String template) {
		assertThatThrownBy(() -> LinkFixture.properties(template)).isInstanceOf(StartupException.class)
			.hasMessage("latchkey.links.invitation must have {token} after a #.");
	}

}
