package dev.latchkey.mail;

import java.util.UUID;

import reactor.core.publisher.Mono;

/**
 * The mails that wait to be sent. Commands enqueue them in their own transaction.
 */
public interface Outbox {

	/**
	 * Enqueues a mail as part of the caller's transaction.
	 * @param shard the account's id, or the user's for a mail that belongs to no account
	 * @param type the name of the {@link MailType}
	 * @param subject the id of what the mail is about, such as an invitation
	 * @param version the version of the subject that the mail is about
	 */
	Mono<Void> enqueue(UUID shard, String type, UUID subject, int version);

	/**
	 * Wakes the relay of this replica after an enqueued mail was committed, so that the
	 * mail is sent without waiting for the next poll.
	 */
	void wakeRelay();

}
