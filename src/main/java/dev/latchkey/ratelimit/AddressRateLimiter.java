package dev.latchkey.ratelimit;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Limits the attempts for one e-mail address, such as sign-ins, so that a stranger cannot
 * use up the attempts of its owner (OWASP, "Slow Down Online Guessing Attacks with Device
 * Cookies"; NIST SP 800-63B-4, section 3.2.2). Each source has its own attempts. All
 * sources that are not known share further ones, so that an attack from many sources is
 * slowed down. A source is known for an address after a success from it. Addresses that
 * differ only in their {@code +tag} count as one.
 */
public interface AddressRateLimiter {

	/**
	 * Counts one attempt, or refuses it without counting it.
	 * @param source the client address
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED} and the time to
	 * wait
	 */
	Mono<Void> acquire(AddressLimit limit, EmailAddress email, String source);

	/**
	 * Records that a counted attempt was successful: makes the source known, forgets the
	 * attempts of this source, and takes back the attempt from those that the unknown
	 * sources share. Attempts of other sources stay counted.
	 */
	Mono<Void> recordSuccess(RateLimit limit, EmailAddress email, String source);

	/**
	 * Records that a person at this source proved, by a mailed link, to own the address:
	 * makes the source known and forgets its attempts.
	 */
	Mono<Void> recordProof(RateLimit limit, EmailAddress email, String source);

}
