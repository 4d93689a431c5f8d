package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all rate limits.
 *
 * @param knownSourceValidity how long a client address is known for an e-mail address
 * after the last sign-in from it
 */
@ConfigurationProperties("latchkey.rate-limits")
record RateLimitProperties(@DefaultValue("90d") Duration knownSourceValidity) {

	RateLimitProperties {
		SettingChecks.requireBetween("latchkey.rate-limits.known-source-validity", knownSourceValidity,
				Duration.ofHours(1), Duration.ofDays(365), "1h to 365d");
	}

}
