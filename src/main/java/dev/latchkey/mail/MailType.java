package dev.latchkey.mail;

import reactor.core.publisher.Mono;

/**
 * A feature's side of its mails: what to write, and who wants to know how it went.
 */
public interface MailType {

	/**
	 * The topic's name in the outbox and in Message-IDs.
	 */
	String name();

	/**
	 * Writes the letter from the state as it is now.
	 * @return empty if nobody should get it any more: it is dropped
	 */
	Mono<MailMessage> compose(QueuedMail order);

	/**
	 * Takes note of the final outcome, as part of the relay's transaction: account first,
	 * and only while the order's version is still the subject's.
	 * @return whether there was anything to note
	 */
	default Mono<Boolean> settled(QueuedMail order, boolean sent) {
		return Mono.just(false);
	}

	/**
	 * Called after an outcome that was noted was committed.
	 */
	default void announced(QueuedMail order, boolean sent) {
	}

}
