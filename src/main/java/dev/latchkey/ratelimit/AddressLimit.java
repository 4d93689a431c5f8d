package dev.latchkey.ratelimit;

import java.time.Duration;

/**
 * A limit on the attempts for one e-mail address. It is a leaky bucket: attempts are
 * forgotten evenly, so after the maximum was reached, one more attempt is possible each
 * time the window divided by the maximum has passed. No caller is refused for longer.
 *
 * @param limit what is attempted
 * @param maxPerSource how many attempts one source can make at once
 * @param maxFromUnknownSources how many attempts all sources that are not known for the
 * address can make together at once
 * @param window the time in which the maximum of attempts is forgotten
 */
public record AddressLimit(RateLimit limit, int maxPerSource, int maxFromUnknownSources, Duration window) {

	private static final double MILLIS_PER_SECOND = 1000;

	/**
	 * The seconds in which an attempt of one source is forgotten; not zero.
	 */
	double secondsPerAttemptOfSource() {
		return this.window.toMillis() / MILLIS_PER_SECOND / this.maxPerSource;
	}

	/**
	 * The seconds in which an attempt of the unknown sources is forgotten; not zero.
	 */
	double secondsPerAttemptOfUnknownSources() {
		return this.window.toMillis() / MILLIS_PER_SECOND / this.maxFromUnknownSources;
	}

}
