package dev.latchkey.retention;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the retention of old rows.
 *
 * @param events how long events are kept, null to keep them forever
 * @param invitations how long invitations are kept after they ended, null to keep them
 * forever
 * @param idempotencyKeys how long a request can be repeated under its
 * {@code Idempotency-Key}
 * @param expiredLinks how long sign-ups and password resets are kept after their links
 * expired
 * @param purgeInterval how often old rows are purged
 * @param purgeBatchSize how many rows are deleted in one transaction
 */
@ConfigurationProperties("latchkey.retention")
public record RetentionProperties(@Nullable Duration events, @Nullable Duration invitations,
		@DefaultValue("7d") Duration idempotencyKeys, @DefaultValue("7d") Duration expiredLinks,
		@DefaultValue("10m") Duration purgeInterval, @DefaultValue("1000") int purgeBatchSize) {

	private static final Duration DAY = Duration.ofDays(1);

	public RetentionProperties {
		requireDay("latchkey.retention.events", events);
		requireDay("latchkey.retention.invitations", invitations);
		requireDay("latchkey.retention.idempotency-keys", idempotencyKeys);
		requireDay("latchkey.retention.expired-links", expiredLinks);
		SettingChecks.requirePositive("latchkey.retention.purge-interval", purgeInterval);
		SettingChecks.requireBetween("latchkey.retention.purge-batch-size", purgeBatchSize, 1, 10_000);
	}

	private static void requireDay(String setting, @Nullable Duration age) {
		SettingChecks.require(age == null || age.compareTo(DAY) >= 0, setting + " must be at least 1d.");
	}

}
