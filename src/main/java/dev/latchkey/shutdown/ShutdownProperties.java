package dev.latchkey.shutdown;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the graceful shutdown of a replica.
 *
 * @param timeout the longest time from the signal to the end of the process
 * @param drainDelay how long a replica continues to serve requests after its readiness
 * was turned off, for proxies that poll the readiness; on Kubernetes the preStop hook of
 * the pod does this
 * @param closeWindow the time over which open streams are closed
 */
@ConfigurationProperties("latchkey.shutdown")
public record ShutdownProperties(@DefaultValue("9s") Duration timeout, @DefaultValue("0s") Duration drainDelay,
		@DefaultValue("3s") Duration closeWindow) {

	/** How long the container's own shutdown phases may take after the work has ended. */
	public static final Duration RESERVE = Duration.ofSeconds(3);

	public ShutdownProperties {
		SettingChecks.requireNotNegative("latchkey.shutdown.drain-delay", drainDelay);
		SettingChecks.requireNotNegative("latchkey.shutdown.close-window", closeWindow);
		SettingChecks.require(drainDelay.plus(closeWindow).plus(RESERVE).compareTo(timeout) < 0,
				"latchkey.shutdown.timeout must be longer than .drain-delay, .close-window and " + RESERVE.toSeconds()
						+ " seconds together.");
	}

	/**
	 * The time that is left for draining and for the work in progress.
	 */
	Duration workTimeout() {
		return this.timeout.minus(RESERVE);
	}

}
