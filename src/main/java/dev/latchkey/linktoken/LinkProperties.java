package dev.latchkey.linktoken;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shared.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the links in mails. The four links are templates in which
 * {@code {base-url}} and {@code {token}} are replaced; the token stands in the fragment,
 * so that no server, log or referrer ever sees it.
 *
 * @param keys the keys that sign tokens, each as {@code id:base64}; the first one signs,
 * all of them verify
 * @param keysRefreshInterval how often the file that holds the keys is read again
 */
@ConfigurationProperties("latchkey.links")
record LinkProperties(@DefaultValue("{base-url}/invitation#{token}") String invitation,
		@DefaultValue("{base-url}/verification#{token}") String verification,
		@DefaultValue("{base-url}/password-reset#{token}") String passwordReset,
		@DefaultValue("{base-url}/") String console, @Nullable List<String> keys,
		@DefaultValue("15s") Duration keysRefreshInterval) {

	LinkProperties {
		requireToken(invitation, "invitation");
		requireToken(verification, "verification");
		requireToken(passwordReset, "password-reset");
		SettingChecks.requirePositive("latchkey.links.keys-refresh-interval", keysRefreshInterval);
	}

	private static void requireToken(String template, String name) {
		int fragment = template.indexOf('#');
		SettingChecks.require(fragment >= 0 && template.indexOf("{token}") > fragment,
				"latchkey.links." + name + " must have {token} after a #.");
	}

	@Override
	public String toString() {
		return "LinkProperties[" + this.invitation + "]";
	}

}
