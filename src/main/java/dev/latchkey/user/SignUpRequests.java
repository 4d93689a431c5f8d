package dev.latchkey.user;

import java.util.Locale;
import java.util.UUID;

import dev.latchkey.mail.Outbox;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.IdGenerator;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * The first step of signing up: a client sends an address, and a link is mailed to it.
 * The password is not chosen in this step, because the client may not own the address.
 */
public class SignUpRequests {

	private final SignUpStore store;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final SignUpLimits limits;

	private final IdGenerator ids;

	SignUpRequests(SignUpStore store, Outbox outbox, TransactionalOperator transaction, SignUpLimits limits,
			IdGenerator ids) {
		this.store = store;
		this.outbox = outbox;
		this.transaction = transaction;
		this.limits = limits;
		this.ids = ids;
	}

	/**
	 * Sends the mail of a sign-up. The result does not reveal whether the address has a
	 * login already; only the mail does.
	 * @param source the client address, for the rate limits
	 */
	public Mono<Void> request(EmailAddress email, Locale locale, String source) {
		UUID id = this.ids.get();
		Mono<Void> signUp = this.store.insert(id, email, locale).then(this.outbox.enqueue(id, SignUpMail.NAME, id, 1));
		return this.limits.acquire(email, source)
			.then(this.transaction.transactional(signUp))
			.doOnSuccess((done) -> this.outbox.wakeRelay());
	}

}
