package dev.latchkey.metrics;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the service is measured.
 *
 * @param samplePeriod how often what only the database knows is read for its gauges
 */
@ConfigurationProperties("latchkey.metrics")
public record MetricsProperties(@DefaultValue("15s") Duration samplePeriod) {

	public MetricsProperties {
		if (samplePeriod.toMillis() <= 0) {
			throw new IllegalArgumentException("latchkey.metrics.sample-period is positive");
		}
	}

}
