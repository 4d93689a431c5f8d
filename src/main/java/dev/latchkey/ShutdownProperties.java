package dev.latchkey;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much time the end of a replica takes.
 *
 * @param deadline all of it, from the signal to the end of the process
 * @param drain for how long everything goes on after readiness went down, for proxies
 * that ask for it; on Kubernetes the pause before the stop does this
 * @param spread within which the streams are ended
 */
@ConfigurationProperties("latchkey.shutdown")
public record ShutdownProperties(@DefaultValue("9s") Duration deadline, @DefaultValue("0s") Duration drain,
		@DefaultValue("3s") Duration spread) {

	/** What the phases of the container may take behind the work: a test adds them up. */
	public static final Duration RESERVE = Duration.ofSeconds(3);

	public ShutdownProperties {
		require(!drain.isNegative(), "latchkey.shutdown.drain is not negative");
		require(!spread.isNegative(), "latchkey.shutdown.spread is not negative");
		require(drain.plus(spread).plus(RESERVE).compareTo(deadline) < 0,
				"latchkey.shutdown.deadline is longer than .drain, .spread and " + RESERVE.toSeconds()
						+ " seconds together");
	}

	/**
	 * What is left for draining and for the work at hand.
	 */
	Duration patience() {
		return this.deadline.minus(RESERVE);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
