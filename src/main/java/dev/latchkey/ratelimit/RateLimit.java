package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

/**
 * The limits on how often a client may attempt something. An address limit counts the
 * attempts for one e-mail address, a source limit those from one client address.
 */
public enum RateLimit {

	SIGN_IN_ADDRESS("sign-in address", DetailMessage.TOO_MANY_SIGN_INS),
	SIGN_IN_SOURCE("sign-in source", DetailMessage.TOO_MANY_FROM_NETWORK),
	PASSWORD_CONFIRMATION("password confirmation", DetailMessage.TOO_MANY_WRONG_PASSWORDS),
	SIGN_UP_ADDRESS("sign-up address", DetailMessage.TOO_MANY_LINKS),
	SIGN_UP_SOURCE("sign-up source", DetailMessage.TOO_MANY_FROM_NETWORK),
	PASSWORD_RESET_ADDRESS("reset address", DetailMessage.TOO_MANY_LINKS),
	PASSWORD_RESET_SOURCE("reset source", DetailMessage.TOO_MANY_FROM_NETWORK);

	private final String metricTag;

	private final DetailMessage message;

	RateLimit(String metricTag, DetailMessage message) {
		this.metricTag = metricTag;
		this.message = message;
	}

	/**
	 * The value of the tag {@code limit} in the metrics. It is also part of the stored
	 * hash of a counter, so a change would reset the counters.
	 */
	String metricTag() {
		return this.metricTag;
	}

	/**
	 * The same for the part of an address limit that counts the attempts of one source.
	 */
	String metricTagPerSource() {
		return this.metricTag + " and source";
	}

	/**
	 * The refusal of an attempt beyond the limit.
	 */
	DomainException refusal(Duration wait) {
		return new DomainException(ProblemCode.LIMIT_REACHED, this.message).retryAfter(wait);
	}

}
