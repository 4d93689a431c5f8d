package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sessions, sign-in and password resets.
 *
 * @param idleTimeout how long an unused session lasts
 * @param absoluteTimeout how long a session lasts at most
 * @param cacheDuration how long a replica caches a session that it has read, at most 1
 * second
 * @param pollInterval how often a replica reads which sessions ended on other replicas
 * @param maxAttemptsPerAddress how many sign-ins for one e-mail address from all client
 * addresses that are not known for it can fail within the window; further ones are slowed
 * down
 * @param maxAttemptsPerAddressAndSource how many sign-ins for one e-mail address from one
 * client address can fail within the window; further ones are slowed down
 * @param maxAttemptsPerSource how many sign-ins from one client address can fail, and how
 * many password resets it can request, within the window
 * @param attemptWindow the length of the window of these limits
 * @param passwordResetValidity how long a password reset link is valid
 * @param maxResetMailsPerHour how many password reset mails all client addresses that are
 * not known for a mailbox can request for it in an hour
 * @param maxResetMailsPerHourAndSource how many password reset mails one client address
 * can request for one mailbox in an hour
 */
@ConfigurationProperties("latchkey.sessions")
public record SessionProperties(@DefaultValue("12h") Duration idleTimeout, @DefaultValue("7d") Duration absoluteTimeout,
		@DefaultValue("1s") Duration cacheDuration, @DefaultValue("1s") Duration pollInterval,
		@DefaultValue("30") int maxAttemptsPerAddress, @DefaultValue("10") int maxAttemptsPerAddressAndSource,
		@DefaultValue("100") int maxAttemptsPerSource, @DefaultValue("15m") Duration attemptWindow,
		@DefaultValue("1h") Duration passwordResetValidity, @DefaultValue("5") int maxResetMailsPerHour,
		@DefaultValue("3") int maxResetMailsPerHourAndSource) {

	/** A poll reads the sessions that ended within the last 15 seconds. */
	private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(10);

	public SessionProperties {
		SettingChecks.requirePositive("latchkey.sessions.idle-timeout", idleTimeout);
		SettingChecks.require(idleTimeout.compareTo(absoluteTimeout) <= 0,
				"latchkey.sessions.idle-timeout must not be longer than latchkey.sessions.absolute-timeout.");
		SettingChecks.requireBetween("latchkey.sessions.cache-duration", cacheDuration, Duration.ZERO,
				Duration.ofSeconds(1), "0s to 1s");
		SettingChecks.requireBetween("latchkey.sessions.poll-interval", pollInterval, Duration.ofMillis(1),
				MAX_POLL_INTERVAL, "positive and at most 10s");
		SettingChecks.requireAtLeastOne("latchkey.sessions.max-attempts-per-address", maxAttemptsPerAddress);
		SettingChecks.requireBetween("latchkey.sessions.max-attempts-per-address-and-source",
				maxAttemptsPerAddressAndSource, 1, maxAttemptsPerAddress);
		SettingChecks.requireAtLeastOne("latchkey.sessions.max-attempts-per-source", maxAttemptsPerSource);
		SettingChecks.requireBetween("latchkey.sessions.attempt-window", attemptWindow, Duration.ofMillis(1),
				Duration.ofDays(1), "positive and at most 1d");
		SettingChecks.requirePositive("latchkey.sessions.password-reset-validity", passwordResetValidity);
		SettingChecks.requireAtLeastOne("latchkey.sessions.max-reset-mails-per-hour", maxResetMailsPerHour);
		SettingChecks.requireBetween("latchkey.sessions.max-reset-mails-per-hour-and-source",
				maxResetMailsPerHourAndSource, 1, maxResetMailsPerHour);
	}

}
