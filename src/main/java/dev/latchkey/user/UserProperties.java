package dev.latchkey.user;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people get a login.
 *
 * @param verificationValidity how long a sign-up link lives
 * @param mailsPerHour how many sign-up and reset mails one mailbox can ask for
 * @param requestsPerHour how many of them one source can ask for
 * @param hashQueue how many passwords may wait to be hashed
 */
@ConfigurationProperties("latchkey.users")
public record UserProperties(@DefaultValue("24h") Duration verificationValidity, @DefaultValue("5") int mailsPerHour,
		@DefaultValue("100") int requestsPerHour, @DefaultValue("100") int hashQueue) {

}
