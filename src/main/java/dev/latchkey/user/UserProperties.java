package dev.latchkey.user;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sign-up and of password hashing.
 *
 * @param verificationValidity how long a sign-up link is valid
 * @param maxMailsPerHour how many sign-up mails all client addresses that are not known
 * for a mailbox can request for it in an hour
 * @param maxMailsPerHourAndSource how many sign-up mails one client address can request
 * for one mailbox in an hour
 * @param maxRequestsPerHour how many sign-up mails one client address can request in an
 * hour
 * @param hashQueueCapacity how many passwords can wait to be hashed
 */
@ConfigurationProperties("latchkey.users")
public record UserProperties(@DefaultValue("24h") Duration verificationValidity, @DefaultValue("5") int maxMailsPerHour,
		@DefaultValue("3") int maxMailsPerHourAndSource, @DefaultValue("100") int maxRequestsPerHour,
		@DefaultValue("100") int hashQueueCapacity) {

	public UserProperties {
		SettingChecks.requirePositive("latchkey.users.verification-validity", verificationValidity);
		SettingChecks.requireAtLeastOne("latchkey.users.max-mails-per-hour", maxMailsPerHour);
		SettingChecks.requireBetween("latchkey.users.max-mails-per-hour-and-source", maxMailsPerHourAndSource, 1,
				maxMailsPerHour);
		SettingChecks.requireAtLeastOne("latchkey.users.max-requests-per-hour", maxRequestsPerHour);
		SettingChecks.requireAtLeastOne("latchkey.users.hash-queue-capacity", hashQueueCapacity);
	}

}
