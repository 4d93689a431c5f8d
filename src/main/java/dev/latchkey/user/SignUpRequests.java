package dev.latchkey.user;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.http.Throttle;
import dev.latchkey.mail.Outbox;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.Ids;
import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Signing up, first half: an address, and a link mailed to it. A password that was chosen
 * here would belong to whoever typed the address, not to whoever owns it.
 */
public class SignUpRequests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final SignUpRows rows;

	private final Outbox outbox;

	private final TransactionalOperator transaction;

	private final Throttle throttle;

	private final UserProperties properties;

	private final Ids ids;

	SignUpRequests(SignUpRows rows, Outbox outbox, TransactionalOperator transaction, Throttle throttle,
			UserProperties properties, Ids ids) {
		this.rows = rows;
		this.outbox = outbox;
		this.transaction = transaction;
		this.throttle = throttle;
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
		Mono<Void> order = this.rows.insert(id, email, locale)
			.then(this.outbox.order(id, VerificationTopic.NAME, id, 1));
		return this.throttle.pass("sign-up source", source, this.properties.requestsPerHour(), HOUR)
			.then(this.throttle.pass("sign-up address", email.mailbox(), this.properties.mailsPerHour(), HOUR))
			.then(this.transaction.transactional(order))
			.doOnSuccess((done) -> this.outbox.wake());
	}

}
