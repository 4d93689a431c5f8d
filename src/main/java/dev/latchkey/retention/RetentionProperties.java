package dev.latchkey.retention;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is over is kept.
 *
 * @param events an account's events, null for ever
 * @param invitations invitations that have ended, null for ever
 * @param receipts how long a request can be repeated under its {@code Idempotency-Key}
 * @param links sign-ups and password resets behind the end of their links
 * @param period how often is looked for what is too old
 * @param batch how many rows are dropped in one transaction
 */
@ConfigurationProperties("latchkey.retention")
public record RetentionProperties(@Nullable Duration events, @Nullable Duration invitations,
		@DefaultValue("7d") Duration receipts, @DefaultValue("7d") Duration links, @DefaultValue("10m") Duration period,
		@DefaultValue("1000") int batch) {

	private static final Duration DAY = Duration.ofDays(1);

	public RetentionProperties {
		requireDay("events", events);
		requireDay("invitations", invitations);
		requireDay("receipts", receipts);
		requireDay("links", links);
		require(period.toMillis() > 0, "latchkey.retention.period is positive");
		require(batch > 0 && batch <= 10_000, "latchkey.retention.batch is 1 to 10000");
	}

	private static void requireDay(String name, @Nullable Duration age) {
		require(age == null || age.compareTo(DAY) >= 0, "latchkey.retention." + name + " is at least 1d");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
