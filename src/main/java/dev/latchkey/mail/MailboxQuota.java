package dev.latchkey.mail;

import java.time.Duration;
import java.util.Optional;

import reactor.core.publisher.Mono;

/**
 * Limits how many mails one mailbox gets in an hour, across all accounts.
 */
interface MailboxQuota {

	/**
	 * Counts one more mail for a mailbox, if its quota allows it.
	 * @return empty if the mail may be sent, otherwise the time until the quota is
	 * renewed
	 */
	Mono<Optional<Duration>> tryAcquire(String mailbox);

	/**
	 * Takes back the count of a mail that was not transmitted.
	 */
	Mono<Void> release(String mailbox);

}
