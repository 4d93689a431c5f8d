package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.http.Throttle;
import dev.latchkey.mail.Outbox;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.Ids;
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

	private final PasswordResetRows rows;

	private final Users users;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final Throttle throttle;

	private final SessionProperties properties;

	private final Ids ids;

	PasswordResetRequests(PasswordResetRows rows, Users users, Outbox outbox, TransactionalOperator transaction,
			Throttle throttle, SessionProperties properties, Ids ids) {
		this.rows = rows;
		this.users = users;
		this.outbox = outbox;
		this.transaction = transaction;
		this.throttle = throttle;
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Sends the link to the address's user, if there is one.
	 * @param source where the request came from, for the limit
	 */
	public Mono<Void> request(EmailAddress email, String source) {
		return this.throttle
			.pass("reset source", source, this.properties.attemptsPerSource(), this.properties.attemptWindow())
			.then(this.throttle.pass("reset address", email.mailbox(), this.properties.resetMailsPerHour(), HOUR))
			.then(this.users.find(email))
			.map(User::userId)
			.defaultIfEmpty(new UserId(this.ids.get()))
			.flatMap((user) -> this.transaction.transactional(order(user.value())))
			.doOnSuccess((done) -> this.outbox.wake())
			.then();
	}

	private Mono<Void> order(UUID user) {
		UUID id = this.ids.get();
		return this.rows.insert(new UserId(user), id).then(this.outbox.order(user, PasswordResetTopic.NAME, id, 1));
	}

}
