package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of invitations and their limits.
 *
 * @param validity how long an invitation is valid, 1 hour to 30 days
 * @param reminderLeadTime how long before it expires an unanswered invitation is reminded
 * of, once for each link; zero for never
 * @param resendCooldown how long a resend must wait after the mail before
 * @param maxResendsPerDay how many further mails one invitee gets from one account in a
 * day
 * @param maxCreationsPerDay how many invitations one account creates in a day
 * @param maxPending how many pending invitations one account has
 * @param bulkIdleTimeout how long a bulk request may neither send lines nor read results
 * @param sweepInterval how often expired invitations are marked
 * @param sweepBatchSize how many invitations of an account are marked in one transaction
 */
@ConfigurationProperties("latchkey.invitations")
public record InvitationProperties(@DefaultValue("7d") Duration validity, @DefaultValue("2d") Duration reminderLeadTime,
		@DefaultValue("60s") Duration resendCooldown, @DefaultValue("10") int maxResendsPerDay,
		@DefaultValue("500") int maxCreationsPerDay, @DefaultValue("500") int maxPending,
		@DefaultValue("60s") Duration bulkIdleTimeout, @DefaultValue("15s") Duration sweepInterval,
		@DefaultValue("1000") int sweepBatchSize) {

	private static final Duration LONGEST = Duration.ofDays(30);

	public InvitationProperties {
		SettingChecks.requireBetween("latchkey.invitations.validity", validity, Duration.ofHours(1), LONGEST,
				"1h to 30d");
		SettingChecks.requireBetween("latchkey.invitations.reminder-lead-time", reminderLeadTime, Duration.ZERO,
				LONGEST, "0s to 30d");
		SettingChecks.requireNotNegative("latchkey.invitations.resend-cooldown", resendCooldown);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-resends-per-day", maxResendsPerDay);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-creations-per-day", maxCreationsPerDay);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-pending", maxPending);
		SettingChecks.requirePositive("latchkey.invitations.bulk-idle-timeout", bulkIdleTimeout);
		SettingChecks.requirePositive("latchkey.invitations.sweep-interval", sweepInterval);
		SettingChecks.requireBetween("latchkey.invitations.sweep-batch-size", sweepBatchSize, 1, 10_000);
	}

}
