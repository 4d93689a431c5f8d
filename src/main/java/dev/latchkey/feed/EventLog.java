package dev.latchkey.feed;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the events of accounts. Commands write events in their own statements, under the
 * account's lock, so after a number has become visible no smaller one appears. The
 * numbers of an account have no gaps, and only the oldest events are deleted.
 */
public interface EventLog {

	/**
	 * Events after a position, oldest first.
	 */
	Flux<AccountEvent> after(AccountId account, long seq, int limit);

	/**
	 * Events after the last one that a reader has seen, oldest first and without a gap.
	 * @param seq the number of that event; 0 reads from the oldest stored event
	 * @return the events, or {@link ProblemCode#INVALID_CURSOR} if the next ones are no
	 * longer stored
	 */
	default Mono<List<AccountEvent>> resumeAfter(AccountId account, long seq, int limit) {
		return after(account, seq, limit).collectList().doOnNext((events) -> {
			if (seq > 0 && !events.isEmpty() && events.get(0).seq() != seq + 1) {
				throw DomainException.of(ProblemCode.INVALID_CURSOR).with("field", "after");
			}
		});
	}

	/**
	 * The number of the oldest stored event, or empty if there is none.
	 */
	Mono<Long> oldest(AccountId account);

	/**
	 * Events before a position, newest first.
	 * @param type returns only events of this type; null returns all
	 */
	Flux<AccountEvent> before(AccountId account, long seq, @Nullable EventType type, int limit);

	/**
	 * All events of one invitation, oldest first.
	 */
	Flux<AccountEvent> of(AccountId account, InvitationId invitation);

	/**
	 * The newest number of an account's log, and the account's owner.
	 * @return the head, or empty if the account does not exist
	 */
	Mono<Head> head(AccountId account);

	/**
	 * The heads of those accounts that exist, in no particular order.
	 */
	Flux<Head> heads(Collection<AccountId> accounts);

	/**
	 * A number that identifies the database in its present history: a restored database
	 * has another one.
	 */
	Mono<Long> epoch();

	/**
	 * The end of an account's log at a certain time.
	 *
	 * @param seq the number of the newest event
	 * @param readAt when it was read, by the database's clock
	 */
	record Head(AccountId account, long seq, UserId owner, Instant readAt) {

	}

}
