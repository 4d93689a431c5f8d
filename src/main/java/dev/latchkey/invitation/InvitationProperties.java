package dev.latchkey.invitation;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long invitations live and how many there may be.
 *
 * @param validity from issue to the end, 1 hour to 30 days
 * @param reminder how long before its end an invitation that nobody has answered is
 * reminded of, once for each link; zero for never
 * @param resendCooldown how long a resend must wait for the mail before
 * @param resendsPerDay how many further mails one invitee gets from one account in a day
 * @param creationsPerDay how many invitations an account creates in a day
 * @param maxPending how many an account has open at once
 * @param bulkPatience how long a bulk request may send nothing and take no answer
 * @param sweepPeriod how often expired invitations are looked for
 * @param sweepBatch how many of an account are marked in one transaction
 */
@ConfigurationProperties("latchkey.invitations")
public record InvitationProperties(@DefaultValue("7d") Duration validity, @DefaultValue("2d") Duration reminder,
		@DefaultValue("60s") Duration resendCooldown, @DefaultValue("10") int resendsPerDay,
		@DefaultValue("500") int creationsPerDay, @DefaultValue("500") int maxPending,
		@DefaultValue("60s") Duration bulkPatience, @DefaultValue("15s") Duration sweepPeriod,
		@DefaultValue("1000") int sweepBatch) {

	public InvitationProperties {
		require(validity.compareTo(Duration.ofHours(1)) >= 0 && validity.compareTo(Duration.ofDays(30)) <= 0,
				"latchkey.invitations.validity is 1h to 30d");
		require(!reminder.isNegative() && reminder.compareTo(Duration.ofDays(30)) <= 0,
				"latchkey.invitations.reminder is 0s to 30d");
		require(!resendCooldown.isNegative(), "latchkey.invitations.resend-cooldown is not negative");
		require(resendsPerDay > 0, "latchkey.invitations.resends-per-day is at least 1");
		require(creationsPerDay > 0, "latchkey.invitations.creations-per-day is at least 1");
		require(maxPending > 0, "latchkey.invitations.max-pending is at least 1");
		require(bulkPatience.toMillis() > 0, "latchkey.invitations.bulk-patience is positive");
		require(sweepPeriod.toMillis() > 0, "latchkey.invitations.sweep-period is positive");
		require(sweepBatch > 0 && sweepBatch <= 10_000, "latchkey.invitations.sweep-batch is 1 to 10000");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
