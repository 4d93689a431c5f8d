package dev.latchkey.ownership;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of ownership transfers.
 *
 * @param validity how long an offer of ownership is valid, 1 hour to 30 days
 */
@ConfigurationProperties("latchkey.ownership-transfers")
record OwnershipProperties(@DefaultValue("7d") Duration validity) {

	OwnershipProperties {
		SettingChecks.requireBetween("latchkey.ownership-transfers.validity", validity, Duration.ofHours(1),
				Duration.ofDays(30), "1h to 30d");
	}

}
