package dev.latchkey.observability;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the metrics.
 *
 * @param pollInterval how often gauges are read from the database
 */
@ConfigurationProperties("latchkey.metrics")
public record MetricsProperties(@DefaultValue("15s") Duration pollInterval) {

	public MetricsProperties {
		SettingChecks.requirePositive("latchkey.metrics.poll-interval", pollInterval);
	}

}
