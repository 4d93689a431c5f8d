package dev.latchkey.mail;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The outbox as the relay uses it. A mail belongs to the replica that has claimed it
 * until the lease of the claim ends; after that, the methods that take a claim fail with
 * a {@link LeaseLostException}.
 */
interface OutboxStore {

	/** How many due mails are read at once. */
	int PAGE_SIZE = 200;

	/**
	 * The calls of {@link Outbox#wakeRelay}.
	 */
	Flux<Boolean> wakes();

	/**
	 * Finds the mails that are due, oldest first, at most {@value #PAGE_SIZE}. They are
	 * read without a lock, so another replica may claim one first.
	 */
	Flux<Due> findDue();

	/**
	 * Claims a due mail for this replica, and counts the attempt before it is made.
	 * @return the claim, or empty if another replica has claimed the mail
	 */
	Mono<Claim> claim(Due due, Duration leaseDuration);

	/**
	 * Deletes the mail: no further attempt is made.
	 */
	Mono<Void> complete(Claim claim);

	/**
	 * Releases the mail for its next attempt, after a delay.
	 */
	Mono<Void> retry(Claim claim, Duration delay);

	/**
	 * Defers the mail because its mailbox has reached its quota. The attempt is not
	 * counted.
	 */
	Mono<Void> defer(Claim claim, Duration delay);

	/**
	 * Releases the mail for an immediate claim by any replica. The attempt is not
	 * counted.
	 */
	Mono<Void> release(Claim claim);

	/**
	 * Records the outcome of an attempt, at most once.
	 */
	Mono<Void> recordAttempt(QueuedMail mail, MailOutcome outcome);

	/**
	 * The key of a mail that is due.
	 */
	record Due(UUID shard, UUID id) {

	}

	/**
	 * A mail that this replica has claimed until its lease ends.
	 *
	 * @param traceparent the trace of the request that enqueued the mail, null if there
	 * is none
	 */
	record Claim(QueuedMail mail, UUID lease, @Nullable String traceparent) {

	}

	/**
	 * The lease has ended and another replica has claimed the mail: this replica must not
	 * write its state any more.
	 */
	final class LeaseLostException extends RuntimeException {

		LeaseLostException(QueuedMail mail) {
			super("Lost the lease of " + mail.messageIdLocalPart(), null, false, false);
		}

	}

}
