package dev.latchkey.linktoken;

import java.time.Duration;

import dev.latchkey.shared.PublicUrl;

/**
 * The links in mails, with the default templates.
 */
public final class LinkFixture {

	public static final String BASE_URL = "https://portal.example.test";

	private LinkFixture() {
	}

	public static MailedLinks links(LinkTokens tokens) {
		return new MailedLinks(properties("{base-url}/invitation#{token}"), tokens, PublicUrl.of(BASE_URL));
	}

	static LinkProperties properties(String invitation) {
		return new LinkProperties(invitation, "{base-url}/verification#{token}", "{base-url}/password-reset#{token}",
				"{base-url}/", null, Duration.ofSeconds(15));
	}

}
