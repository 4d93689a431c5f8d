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
 * Who is signed in. A replica remembers a session for a second at most, and forgets it at
 * once when it ends here, or when it hears that it ended elsewhere. What the caller may
 * do is never remembered.
 */
public class Sessions {

	private final SessionStore store;

	private final SessionEndings endings;

	private final IdGenerator ids;

	private final Cache<SessionToken, Caller> remembered;

	Sessions(SessionStore store, SessionEndings endings, IdGenerator ids, SessionProperties properties) {
		this.store = store;
		this.endings = endings;
		this.ids = ids;
		this.remembered = Caffeine.newBuilder()
			.expireAfterWrite(properties.cacheDuration())
			.maximumSize(100_000)
			.executor(Runnable::run)
			.build();
	}

	/**
	 * Opens a session for a user who has just proved who they are. Each has a new id and
	 * a new token.
	 */
	public Mono<OpenedSession> open(UserId user) {
		SessionToken token = SessionToken.random();
		UUID id = this.ids.get();
		return this.store.insert(token, id, user).map((until) -> new OpenedSession(token, until));
	}

	/**
	 * Finds who holds a token.
	 * @return the caller, or empty if the session is over or never was
	 */
	public Mono<Caller> find(SessionToken token) {
		Caller caller = this.remembered.getIfPresent(token);
		if (caller != null && !this.endings.has(caller.session())) {
			return Mono.just(caller);
		}
		return this.store.find(token)
			.flatMap((found) -> found.idling() ? this.store.touch(token).thenReturn(found) : Mono.just(found))
			.map(SessionStore.Found::caller)
			.filter((found) -> !this.endings.has(found.session()))
			.doOnNext((found) -> this.remembered.put(token, found));
	}

	/**
	 * Opens a new session for the caller and ends the present one.
	 */
	public Mono<OpenedSession> exchange(Caller caller) {
		return open(caller.user()).flatMap((opened) -> end(caller).thenReturn(opened));
	}

	/**
	 * Signs out.
	 */
	public Mono<Void> end(Caller caller) {
		return this.store.end(caller.session(), caller.user())
			.doOnSuccess((done) -> this.endings.announce(caller.session()));
	}

	/**
	 * Ends every session of a user, as part of the caller's transaction.
	 * @return which ended; {@link #announce} them after the commit
	 */
	Mono<Iterable<SessionId>> endAll(UserId user) {
		return this.store.endAll(user).collectList().map((ended) -> ended);
	}

	void announce(Iterable<SessionId> ended) {
		ended.forEach(this.endings::announce);
	}

	/**
	 * A session as it is handed to its holder, the only time that its secret is known.
	 */
	public record OpenedSession(SessionToken token, Instant until) {

	}

}
