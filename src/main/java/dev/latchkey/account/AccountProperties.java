package dev.latchkey.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How accounts come to be.
 *
 * @param createdByPeople whether a signed-in user may create one; otherwise only the
 * system behind the portal does
 * @param transferValidity how long an account that is handed over waits for its new
 * owner, 1 hour to 30 days
 */
@ConfigurationProperties("latchkey.accounts")
public record AccountProperties(@DefaultValue("true") boolean createdByPeople,
		@DefaultValue("7d") Duration transferValidity) {

	public AccountProperties {
		if (transferValidity.compareTo(Duration.ofHours(1)) < 0
				|| transferValidity.compareTo(Duration.ofDays(30)) > 0) {
			throw new IllegalArgumentException("latchkey.accounts.transfer-validity is 1h to 30d");
		}
	}

}
