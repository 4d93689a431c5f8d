package dev.latchkey.session;

import java.time.Instant;
import java.util.UUID;

import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores sessions by the hash of their token, and which of them were ended.
 */
interface SessionStore {

	/**
	 * Adds a session.
	 * @return when the session ends at the latest
	 */
	Mono<Instant> insert(SessionToken token, UUID id, UserId user);

	/**
	 * Finds a session that has not ended.
	 * @return the session, or empty
	 */
	Mono<FoundSession> find(SessionToken token);

	/**
	 * Extends the idle timeout of a session that is in use.
	 */
	Mono<Void> renew(SessionToken token);

	/**
	 * Ends a session, if it belongs to the user.
	 */
	Mono<Void> end(SessionId id, UserId user);

	/**
	 * Ends all sessions of a user.
	 * @return the ids of the ended sessions
	 */
	Flux<SessionId> endAll(UserId user);

	/**
	 * Finds the sessions that were ended on any replica within the last 15 seconds. The
	 * period is longer than the poll interval, so that a late commit is not missed.
	 */
	Flux<SessionId> findRecentlyEnded();

	/**
	 * A session that has not ended.
	 *
	 * @param needsRenewal whether the idle timeout should be extended; true at most once
	 * a minute, to save writes
	 */
	record FoundSession(Caller caller, boolean needsRenewal) {

	}

}
