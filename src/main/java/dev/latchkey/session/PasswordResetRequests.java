package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.mail.Outbox;
import dev.latchkey.ratelimit.RateLimit;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Requests for a new password. A client cannot find out whether an address has a login:
 * the response and the work are the same. For an unknown address, a mail is queued that
 * is never sent.
 */
public class PasswordResetRequests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final PasswordResetStore store;

	private final Users users;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final RateLimiter rateLimiter;

	private final SessionProperties properties;

	private final IdGenerator ids;

	PasswordResetRequests(PasswordResetStore store, Users users, Outbox outbox, TransactionalOperator transaction,
			RateLimiter rateLimiter, SessionProperties properties, IdGenerator ids) {
		this.store = store;
		this.users = users;
		this.outbox = outbox;
		this.transaction = transaction;
		this.rateLimiter = rateLimiter;
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Queues a mail with a reset link, if the address belongs to a user.
	 * @param source the client address, for the rate limit
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<Void> request(EmailAddress email, String source) {
		return this.rateLimiter
			.acquire(RateLimit.PASSWORD_RESET_SOURCE, source, this.properties.maxAttemptsPerSource(),
					this.properties.attemptWindow())
			.then(this.rateLimiter.acquire(RateLimit.PASSWORD_RESET_ADDRESS, email.mailbox(),
					this.properties.maxResetMailsPerHour(), HOUR))
			.then(this.users.find(email))
			.map(User::userId)
			.defaultIfEmpty(new UserId(this.ids.get()))
			.flatMap((user) -> this.transaction.transactional(queueMail(user)))
			.doOnSuccess((done) -> this.outbox.wakeRelay())
			.then();
	}

	private Mono<Void> queueMail(UserId user) {
		UUID id = this.ids.get();
		return this.store.insert(user, id).then(this.outbox.enqueue(user.value(), PasswordResetMail.NAME, id, 1));
	}

}
