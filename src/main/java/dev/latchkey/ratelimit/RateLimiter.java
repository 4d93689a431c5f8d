package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Counts attempts in fixed windows. A window begins with its first attempt. For attempts
 * for an e-mail address see {@link AddressRateLimiter}.
 */
public interface RateLimiter {

	/**
	 * Counts one attempt and refuses it if the limit is reached.
	 * @param subject the client address or the user whose attempts are counted
	 * @param maxAttempts how many attempts are allowed within a window
	 * @param window the length of the window, in full seconds
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED} and the time to
	 * wait
	 */
	Mono<Void> acquire(RateLimit limit, String subject, int maxAttempts, Duration window);

	/**
	 * Resets the counter after a successful attempt.
	 */
	Mono<Void> reset(RateLimit limit, String subject);

	/**
	 * Takes back the count of one attempt.
	 */
	Mono<Void> release(RateLimit limit, String subject);

}
