package dev.latchkey.mail;

import reactor.core.publisher.Mono;

/**
 * One type of mail: composes its messages and may record their outcome. Each feature that
 * sends mail implements it.
 */
public interface MailType {

	/**
	 * The name of the type in the outbox and in Message-IDs.
	 */
	String name();

	/**
	 * Composes the message from the current state of its subject.
	 * @return empty if the mail is obsolete: it is then deleted without being sent
	 */
	Mono<MailMessage> compose(QueuedMail mail);

	/**
	 * Whether the mails are limited when they are requested. The limit of the mailbox
	 * does not apply to them: the recipient waits for them, and many invitations from
	 * others must not delay them.
	 */
	default boolean isLimitedByRequest() {
		return false;
	}

	/**
	 * Records the final outcome, in the relay's transaction. An implementation locks the
	 * account first, and records nothing if the subject has a newer version than the
	 * mail.
	 * @return whether anything was recorded
	 */
	default Mono<Boolean> recordOutcome(QueuedMail mail, boolean sent) {
		return Mono.just(false);
	}

	/**
	 * Called after the transaction that recorded an outcome was committed.
	 */
	default void afterCommit(QueuedMail mail, boolean sent) {
	}

}
