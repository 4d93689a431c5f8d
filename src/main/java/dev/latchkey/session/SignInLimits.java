package dev.latchkey.session;

import dev.latchkey.ratelimit.AddressLimit;
import dev.latchkey.ratelimit.AddressRateLimiter;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The limits on wrong passwords. Sign-ins are limited for each source, and for each
 * e-mail address so that a stranger cannot keep its owner out. They are the same for an
 * address without a login. The confirmation of a password needs a session and is
 * therefore limited for each user.
 */
class SignInLimits {

	private final RateLimiter rateLimiter;

	private final AddressRateLimiter addressRateLimiter;

	private final SessionProperties properties;

	private final AddressLimit addressLimit;

	SignInLimits(RateLimiter rateLimiter, AddressRateLimiter addressRateLimiter, SessionProperties properties) {
		this.rateLimiter = rateLimiter;
		this.addressRateLimiter = addressRateLimiter;
		this.properties = properties;
		this.addressLimit = new AddressLimit(RateLimit.SIGN_IN_ADDRESS, properties.maxAttemptsPerAddressAndSource(),
				properties.maxAttemptsPerAddress(), properties.attemptWindow());
	}

	/**
	 * Counts an attempt to sign in, before the password is compared: otherwise concurrent
	 * attempts would not be limited.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	Mono<Void> acquire(EmailAddress email, String source) {
		return this.rateLimiter
			.acquire(RateLimit.SIGN_IN_SOURCE, source, this.properties.maxAttemptsPerSource(),
					this.properties.attemptWindow())
			.then(this.addressRateLimiter.acquire(this.addressLimit, email, source));
	}

	/**
	 * Takes back a successful attempt. The source is now known for the address.
	 */
	Mono<Void> recordSuccess(EmailAddress email, String source) {
		return this.addressRateLimiter.recordSuccess(RateLimit.SIGN_IN_ADDRESS, email, source)
			.then(this.rateLimiter.release(RateLimit.SIGN_IN_SOURCE, source));
	}

	/**
	 * Makes the source known after a mailed link proved that the address is the user's,
	 * who can sign in from there at once.
	 */
	Mono<Void> recordProof(EmailAddress email, String source) {
		return this.addressRateLimiter.recordProof(RateLimit.SIGN_IN_ADDRESS, email, source);
	}

	/**
	 * Counts an attempt of a signed-in user to confirm the password.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	Mono<Void> acquireConfirmation(UserId user) {
		return this.rateLimiter.acquire(RateLimit.PASSWORD_CONFIRMATION, user.value().toString(),
				this.properties.maxAttemptsPerAddressAndSource(), this.properties.attemptWindow());
	}

	/**
	 * Forgets the attempts of a user to confirm the password.
	 */
	Mono<Void> resetConfirmation(UserId user) {
		return this.rateLimiter.reset(RateLimit.PASSWORD_CONFIRMATION, user.value().toString());
	}

}
