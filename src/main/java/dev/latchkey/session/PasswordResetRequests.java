package dev.latchkey.session;

import java.util.UUID;

import dev.latchkey.mail.Outbox;
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

	private final PasswordResetStore store;

	private final Users users;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final PasswordResetLimits limits;

	private final IdGenerator ids;

	PasswordResetRequests(PasswordResetStore store, Users users, Outbox outbox, TransactionalOperator transaction,
			PasswordResetLimits limits, IdGenerator ids) {
		this.store = store;
		this.users = users;
		this.outbox = outbox;
		this.transaction = transaction;
		this.limits = limits;
		this.ids = ids;
	}

	/**
	 * Queues a mail with a reset link, if the address belongs to a user.
	 * @param source the client address, for the rate limits
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED}
	 */
	public Mono<Void> request(EmailAddress email, String source) {
		return this.limits.acquire(email, source)
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
