package dev.latchkey.mail;

import java.util.UUID;

/**
 * One mail that was promised in the transaction that made it necessary. It names what to
 * write about, not what to write: the letter is composed when it is sent.
 *
 * @param shard the account's id, or the user's for what belongs to no account
 * @param subject the invitation, sign-up or reset it is about
 * @param version the subject's version it was ordered for
 * @param attempt which attempt this is, counted before sending, from 1
 */
public record QueuedMail(UUID shard, UUID id, String topic, UUID subject, int version, int attempt) {

	/**
	 * The part of the Message-ID before the {@code @}: the same for every attempt.
	 */
	String messageName() {
		return this.topic + "." + this.subject + "." + this.version;
	}

}
