package dev.latchkey.session;

import java.time.Instant;
import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The open sessions. A replica caches a session for at most one second, and ignores the
 * cached session as soon as it knows that the session has ended. The permissions of the
 * caller are never cached.
 */
public class Sessions {

	private final SessionStore store;

	private final SessionEndings endings;

	private final IdGenerator ids;

	private final Cache<SessionToken, Caller> cache;

	Sessions(SessionStore store, SessionEndings endings, IdGenerator ids, SessionProperties properties) {
		this.store = store;
		this.endings = endings;
		this.ids = ids;
		this.cache = Caffeine.newBuilder()
			.expireAfterWrite(properties.cacheDuration())
			.maximumSize(100_000)
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Opens a session, with a new id and a new token, for a user who has just been
	 * authenticated.
	 */
	public Mono<OpenedSession> open(UserId user) {
		SessionToken token = SessionToken.random();
		UUID id = this.ids.get();
		return this.store.insert(token, id, user).map((expiresAt) -> new OpenedSession(token, expiresAt));
	}

	/**
	 * Finds the caller by the token of the session.
	 * @return the caller, or empty if there is no such session or it has ended
	 */
	public Mono<Caller> find(SessionToken token) {
		Caller caller = this.cache.getIfPresent(token);
		if (caller != null && !this.endings.hasEnded(caller.session())) {
			return Mono.just(caller);
		}
		return this.store.find(token)
			.flatMap((found) -> found.needsRenewal() ? this.store.renew(token).thenReturn(found) : Mono.just(found))
			.map(SessionStore.FoundSession::caller)
			.filter((found) -> !this.endings.hasEnded(found.session()))
			.doOnNext((found) -> this.cache.put(token, found));
	}

	/**
	 * Opens a new session for the caller and ends the current session.
	 */
	public Mono<OpenedSession> replace(Caller caller) {
		return open(caller.user()).flatMap((opened) -> end(caller).thenReturn(opened));
	}

	/**
	 * Ends the session of the caller.
	 */
	public Mono<Void> end(Caller caller) {
		return this.store.end(caller.session(), caller.user())
			.doOnSuccess((done) -> this.endings.markEnded(caller.session()));
	}

	/**
	 * Ends all sessions of a user, as part of the current transaction.
	 * @return the ended sessions, for {@link #markEnded} after the commit
	 */
	Mono<Iterable<SessionId>> endAll(UserId user) {
		return this.store.endAll(user).collectList().map((ended) -> ended);
	}

	void markEnded(Iterable<SessionId> ended) {
		ended.forEach(this.endings::markEnded);
	}

	/**
	 * A new session with its token. The token is not available later.
	 *
	 * @param expiresAt when the session ends at the latest
	 */
	public record OpenedSession(SessionToken token, Instant expiresAt) {

	}

}
