package dev.latchkey.sql;

import java.time.Duration;

/**
 * Converts durations to the parameter of {@code make_interval(secs => …)}.
 */
public final class Intervals {

	private static final double MILLIS_PER_SECOND = 1000;

	private Intervals() {
	}

	/**
	 * The duration in seconds, to the millisecond.
	 */
	public static double seconds(Duration duration) {
		return duration.toMillis() / MILLIS_PER_SECOND;
	}

}
