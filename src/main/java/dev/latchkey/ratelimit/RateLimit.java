package dev.latchkey.ratelimit;

/**
 * The limits on how often a client may attempt something. An address limit counts the
 * attempts for one e-mail address, a source limit those from one client address.
 */
public enum RateLimit {

	SIGN_IN_ADDRESS("sign-in address"), SIGN_IN_SOURCE("sign-in source"), SIGN_UP_ADDRESS("sign-up address"),
	SIGN_UP_SOURCE("sign-up source"), PASSWORD_RESET_ADDRESS("reset address"), PASSWORD_RESET_SOURCE("reset source");

	private final String metricTag;

	RateLimit(String metricTag) {
		this.metricTag = metricTag;
	}

	/**
	 * The value of the tag {@code limit} in the metrics. It is also part of the stored
	 * hash of a counter, so a change would reset the counters.
	 */
	String metricTag() {
		return this.metricTag;
	}

}
