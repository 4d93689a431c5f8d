package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.ratelimit.AddressLimit;
import dev.latchkey.ratelimit.AddressRateLimiter;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * The limits on password reset mails, for each source and for each mailbox. A stranger
 * cannot use up the mails of the owner of the mailbox, nor fill it.
 */
class PasswordResetLimits {

	private final RateLimiter rateLimiter;

	private final AddressRateLimiter addressRateLimiter;

	private final SessionProperties properties;

	private final AddressLimit addressLimit;

	PasswordResetLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter, SessionProperties properties) {
		this.rateLimiter = rateLimiter;
		this.addressRateLimiter = addressRateLimiter;
		this.properties = properties;
		this.addressLimit = new AddressLimit(RateLimit.PASSWORD_RESET_ADDRESS,
				properties.maxResetMailsPerHourAndSource(), properties.maxResetMailsPerHour(), Duration.ofHours(1));
	}

	/**
	 * Counts a request for a mail.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	Mono<Void> acquire(EmailAddress email, String source) {
		return this.rateLimiter
			.acquire(RateLimit.PASSWORD_RESET_SOURCE, source, this.properties.maxAttemptsPerSource(),
					this.properties.attemptWindow())
			.then(this.addressRateLimiter.acquire(this.addressLimit, email, source));
	}

}
