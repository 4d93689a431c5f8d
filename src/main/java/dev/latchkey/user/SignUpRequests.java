package dev.latchkey.user;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.mail.Outbox;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Signing up, first half: an address, and a link mailed to it. A password that was chosen
 * here would belong to whoever typed the address, not to whoever owns it.
 */
public class SignUpRequests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final SignUpStore store;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final RateLimiter rateLimiter;

	private final UserProperties properties;

	private final IdGenerator ids;

	SignUpRequests(SignUpStore store, Outbox outbox, TransactionalOperator transaction, RateLimiter rateLimiter,
			UserProperties properties, IdGenerator ids) {
		this.store = store;
		this.outbox = outbox;
		this.transaction = transaction;
		this.rateLimiter = rateLimiter;
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Sends the link. Whether the address has a login already makes no difference that
	 * the caller could see: the mail tells its owner.
	 * @param source where the request came from, for the limit
	 */
	public Mono<Void> request(EmailAddress email, Locale locale, String source) {
		UUID id = this.ids.get();
		Mono<Void> order = this.store.insert(id, email, locale).then(this.outbox.order(id, SignUpMail.NAME, id, 1));
		return this.rateLimiter.acquire(RateLimit.SIGN_UP_SOURCE, source, this.properties.maxRequestsPerHour(), HOUR)
			.then(this.rateLimiter.acquire(RateLimit.SIGN_UP_ADDRESS, email.mailbox(),
					this.properties.maxMailsPerHour(), HOUR))
			.then(this.transaction.transactional(order))
			.doOnSuccess((done) -> this.outbox.wake());
	}

}
