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
 * Hears that sessions end, here at once and on other replicas within a poll, and tells
 * whoever serves a long answer to one of them.
 */
public class SessionEndings {

	private final SessionStore store;

	private final Cache<SessionId, Boolean> known = Caffeine.newBuilder()
		.expireAfterWrite(Duration.ofMinutes(1))
		.executor(Runnable::run)
		.build();

	private final Signal<SessionId> ends = new Signal<>();

	SessionEndings(SessionStore store) {
		this.store = store;
	}

	/**
	 * Waits for the end of a session.
	 * @return completes when it has ended, at once if that is just over
	 */
	public Mono<Void> of(SessionId session) {
		Mono<SessionId> before = Mono.fromSupplier(() -> has(session) ? session : null);
		return this.ends.asFlux().filter(session::equals).mergeWith(before).next().then();
	}

	/**
	 * Cuts an answer that must not look whole when its reader's session has ended.
	 * @return never completes, or fails with {@link ProblemCode#NOT_SIGNED_IN}
	 */
	public <T> Mono<T> cutting(Caller caller) {
		return Mono.firstWithSignal(of(caller.session()), Mono.delay(caller.left()).then())
			.then(Mono.error(DomainException.of(ProblemCode.NOT_SIGNED_IN)));
	}

	boolean has(SessionId session) {
		return this.known.getIfPresent(session) != null;
	}

	void announce(SessionId session) {
		if (this.known.asMap().put(session, true) == null) {
			this.ends.emit(session);
		}
	}

	/**
	 * Reads which sessions have ended recently, on any replica, and announces those that
	 * are not known here.
	 */
	Mono<Void> poll() {
		return this.store.recentEnds().doOnNext(this::announce).then();
	}

}
