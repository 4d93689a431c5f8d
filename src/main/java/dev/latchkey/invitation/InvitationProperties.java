package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of invitations and their limits.
 *
 * @param validity how long an invitation is valid, 1 hour to 30 days
 * @param reminderLeadTime how long before its expiry a pending invitation gets a reminder
 * mail, once for each link; zero turns reminders off
 * @param resendCooldown the minimum time between two mails of one invitation
 * @param maxResendsPerDay how many mails after the first one an account can send to one
 * invitee in a day
 * @param maxCreationsPerDay how many invitations one account can create in a day
 * @param maxPending how many pending invitations one account can have
 * @param bulkIdleTimeout the time after which a bulk request that neither sends lines nor
 * reads results is ended
 * @param sweepInterval how often expired invitations are marked
 * @param sweepBatchSize how many invitations of an account are marked in one transaction
 */
@ConfigurationProperties("latchkey.invitations")
public record InvitationProperties(@DefaultValue("7d") Duration validity, @DefaultValue("2d") Duration reminderLeadTime,
		@DefaultValue("60s") Duration resendCooldown, @DefaultValue("10") int maxResendsPerDay,
		@DefaultValue("500") int maxCreationsPerDay, @DefaultValue("500") int maxPending,
		@DefaultValue("60s") Duration bulkIdleTimeout, @DefaultValue("15s") Duration sweepInterval,
		@DefaultValue("1000") int sweepBatchSize) {

	private static final Duration MAX_DURATION = Duration.ofDays(30);

	public InvitationProperties {
		SettingChecks.requireBetween("latchkey.invitations.validity", validity, Duration.ofHours(1), MAX_DURATION,
				"1h to 30d");
		SettingChecks.requireBetween("latchkey.invitations.reminder-lead-time", reminderLeadTime, Duration.ZERO,
				MAX_DURATION, "0s to 30d");
		SettingChecks.requireNotNegative("latchkey.invitations.resend-cooldown", resendCooldown);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-resends-per-day", maxResendsPerDay);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-creations-per-day", maxCreationsPerDay);
		SettingChecks.requireAtLeastOne("latchkey.invitations.max-pending", maxPending);
		SettingChecks.requirePositive("latchkey.invitations.bulk-idle-timeout", bulkIdleTimeout);
		SettingChecks.requirePositive("latchkey.invitations.sweep-interval", sweepInterval);
		SettingChecks.requireBetween("latchkey.invitations.sweep-batch-size", sweepBatchSize, 1, 10_000);
	}

}
