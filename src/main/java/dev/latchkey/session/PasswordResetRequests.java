package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.mail.Outbox;
import dev.latchkey.ratelimit.RateLimiter;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.UserId;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Asking for a new password. Nobody learns here whether an address has a login: the
 * answer is the same, and so is the work: for an unknown address a mail is ordered that
 * nobody will get.
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
	 * Sends the link to the address's user, if there is one.
	 * @param source where the request came from, for the limit
	 */
	public Mono<Void> request(EmailAddress email, String source) {
		return this.rateLimiter
			.pass("reset source", source, this.properties.maxAttemptsPerSource(), this.properties.attemptWindow())
			.then(this.rateLimiter.pass("reset address", email.mailbox(), this.properties.maxResetMailsPerHour(), HOUR))
			.then(this.users.find(email))
			.map(User::userId)
			.defaultIfEmpty(new UserId(this.ids.get()))
			.flatMap((user) -> this.transaction.transactional(order(user.value())))
			.doOnSuccess((done) -> this.outbox.wakeRelay())
			.then();
	}

	private Mono<Void> order(UUID user) {
		UUID id = this.ids.get();
		return this.store.insert(new UserId(user), id).then(this.outbox.enqueue(user, PasswordResetMail.NAME, id, 1));
	}

}
