package dev.latchkey.mail;

import java.util.UUID;

/**
 * One mail of the outbox, enqueued in the transaction of the change that it is about. It
 * contains only the id of its subject: the message is composed when it is sent.
 *
 * @param shard the account's id, or the user's for a mail that belongs to no account
 * @param type the name of the {@link MailType}
 * @param subject the id of what the mail is about, such as an invitation
 * @param version the version of the subject when the mail was enqueued
 * @param attempt the number of this attempt, counted before sending, from 1
 */
public record QueuedMail(UUID shard, UUID id, String type, UUID subject, int version, int attempt) {

	/**
	 * The part of the Message-ID before the {@code @}, the same for all attempts.
	 */
	String messageIdLocalPart() {
		return this.type + "." + this.subject + "." + this.version;
	}

}
