package dev.latchkey.user;

import java.time.Duration;

import dev.latchkey.ratelimit.AddressLimit;
import dev.latchkey.ratelimit.AddressRateLimiter;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * The limits on sign-up mails, for each source and for each mailbox. A stranger cannot
 * use up the mails of the owner of the mailbox, nor fill it.
 */
class SignUpLimits {

	private static final Duration HOUR = Duration.ofHours(1);

	private final RateLimiter rateLimiter;

	private final AddressRateLimiter addressRateLimiter;

	private final UserProperties properties;

	private final AddressLimit addressLimit;

	SignUpLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter, UserProperties properties) {
		this.rateLimiter = rateLimiter;
		this.addressRateLimiter = addressRateLimiter;
		this.properties = properties;
		this.addressLimit = new AddressLimit(RateLimit.SIGN_UP_ADDRESS, properties.maxMailsPerHourAndSource(),
				properties.maxMailsPerHour(), HOUR);
	}

	/**
	 * Counts a request for a mail.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	Mono<Void> acquire(EmailAddress email, String source) {
		return this.rateLimiter.acquire(RateLimit.SIGN_UP_SOURCE, source, this.properties.maxRequestsPerHour(), HOUR)
			.then(this.addressRateLimiter.acquire(this.addressLimit, email, source));
	}

	/**
	 * Makes the source known after the mailed link was used there.
	 */
	Mono<Void> recordProof(EmailAddress email, String source) {
		return this.addressRateLimiter.recordProof(RateLimit.SIGN_IN_ADDRESS, email, source);
	}

}
