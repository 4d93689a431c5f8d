package dev.latchkey.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Templates of the links in mails, with {@code {base-url}} and {@code {token}} to fill
 * in. The token stands in the fragment, so that no server, log or referrer ever sees it.
 */
@ConfigurationProperties("latchkey.links")
record LinkProperties(@DefaultValue("{base-url}/invitation#{token}") String invitation,
		@DefaultValue("{base-url}/verification#{token}") String verification,
		@DefaultValue("{base-url}/password-reset#{token}") String passwordReset,
		@DefaultValue("{base-url}/") String console) {

	LinkProperties {
		requireToken(invitation, "invitation");
		requireToken(verification, "verification");
		requireToken(passwordReset, "password-reset");
	}

	private static void requireToken(String template, String name) {
		int fragment = template.indexOf('#');
		if (fragment < 0 || template.indexOf("{token}") < fragment) {
			throw new IllegalArgumentException("latchkey.links." + name + " has {token} behind a #");
		}
	}

}
