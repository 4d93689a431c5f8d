package dev.latchkey.session;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import reactor.core.publisher.Mono;

/**
 * Knows which sessions have ended recently, and notifies the streaming responses of those
 * sessions. The end of a session on this replica is known at once, the end on another
 * replica after the next poll.
 */
public class SessionEndings {

	private final SessionStore store;

	private final Cache<SessionId, Boolean> ended = Caffeine.newBuilder()
		.expireAfterWrite(Duration.ofMinutes(1))
		.executor(Runnable::run)
		.build();

	private final Signal<SessionId> endings = new Signal<>();

	SessionEndings(SessionStore store) {
		this.store = store;
	}

	/**
	 * Waits for the end of a session.
	 * @return completes when the session has ended, at once if it ended within the last
	 * minute
	 */
	public Mono<Void> awaitEnd(SessionId session) {
		Mono<SessionId> alreadyEnded = Mono.fromSupplier(() -> hasEnded(session) ? session : null);
		return this.endings.asFlux().filter(session::equals).mergeWith(alreadyEnded).next().then();
	}

	/**
	 * Aborts a streaming response when the session of its caller ends, so that the client
	 * does not take the response for complete.
	 * @return never completes; fails with {@link ProblemCode#NOT_SIGNED_IN} when the
	 * session has ended or expired
	 */
	public <T> Mono<T> failAtEnd(Caller caller) {
		return Mono.firstWithSignal(awaitEnd(caller.session()), Mono.delay(caller.remaining()).then())
			.then(Mono.error(DomainException.of(ProblemCode.NOT_SIGNED_IN)));
	}

	boolean hasEnded(SessionId session) {
		return this.ended.getIfPresent(session) != null;
	}

	void markEnded(SessionId session) {
		if (this.ended.asMap().put(session, true) == null) {
			this.endings.emit(session);
		}
	}

	/**
	 * Reads which sessions have ended recently, on any replica.
	 */
	Mono<Void> poll() {
		return this.store.findRecentlyEnded().doOnNext(this::markEnded).then();
	}

}
