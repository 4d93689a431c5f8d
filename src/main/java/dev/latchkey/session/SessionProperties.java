package dev.latchkey.session;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long people stay signed in, and how often they may try.
 *
 * @param idle a session that is not used for this long ends
 * @param longest every session ends after this
 * @param remembered for how long a replica relies on a session it has read; an end is
 * heard of sooner
 * @param poll how often ends on other replicas are looked for
 * @param attemptsPerAddress wrong passwords for one address within the window
 * @param attemptsPerSource wrong passwords from one source within the window
 * @param attemptWindow the window of both
 * @param resetValidity how long a password reset link lives
 * @param resetMailsPerHour how many reset mails one mailbox can ask for
 */
@ConfigurationProperties("latchkey.sessions")
public record SessionProperties(@DefaultValue("12h") Duration idle, @DefaultValue("7d") Duration longest,
		@DefaultValue("1s") Duration remembered, @DefaultValue("1s") Duration poll,
		@DefaultValue("10") int attemptsPerAddress, @DefaultValue("100") int attemptsPerSource,
		@DefaultValue("15m") Duration attemptWindow, @DefaultValue("1h") Duration resetValidity,
		@DefaultValue("5") int resetMailsPerHour) {

	public SessionProperties {
		require(idle.toMillis() > 0, "latchkey.sessions.idle is positive");
		require(idle.compareTo(longest) <= 0, "latchkey.sessions.idle is not longer than latchkey.sessions.longest");
		require(remembered.toMillis() <= 1000, "latchkey.sessions.remembered is at most 1s");
		require(!remembered.isNegative(), "latchkey.sessions.remembered is not negative");
		require(poll.toMillis() > 0, "latchkey.sessions.poll is positive");
		require(attemptsPerAddress > 0, "latchkey.sessions.attempts-per-address is at least 1");
		require(attemptsPerSource > 0, "latchkey.sessions.attempts-per-source is at least 1");
		require(attemptWindow.toMillis() > 0 && attemptWindow.compareTo(Duration.ofDays(1)) <= 0,
				"latchkey.sessions.attempt-window is positive and at most 1d");
		require(resetValidity.toMillis() > 0, "latchkey.sessions.reset-validity is positive");
		require(resetMailsPerHour > 0, "latchkey.sessions.reset-mails-per-hour is at least 1");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
