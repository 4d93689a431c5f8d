package dev.latchkey.linktoken;

import java.time.Duration;
import java.util.List;

import dev.latchkey.shared.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of mailed links. The four links are templates in which {@code {base-url}} and
 * {@code {token}} are replaced. The token is in the fragment, so that it appears in no
 * server, log or Referer header.
 *
 * @param invitation the link to an invitation
 * @param verification the link that completes a sign-up
 * @param passwordReset the link that sets a new password
 * @param console the link to the page for signing in; it has no token
 * @param keys the keys of the tokens, each as {@code id:base64}; the first key signs, all
 * keys verify
 * @param keysRefreshInterval how often the file with the keys is read again
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
