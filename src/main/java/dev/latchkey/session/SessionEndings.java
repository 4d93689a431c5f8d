package dev.latchkey.session;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Hears that sessions end, here at once and on other replicas within a poll, and tells
 * whoever serves a long answer to one of them.
 */
public class SessionEndings implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SessionEndings.class);

	private final SessionStore store;

	private final Duration poll;

	private final Cache<SessionId, Boolean> known = Caffeine.newBuilder()
		.expireAfterWrite(Duration.ofMinutes(1))
		.executor(Runnable::run)
		.build();

	private final Signal<SessionId> ends = new Signal<>();

	private @Nullable Disposable running;

	SessionEndings(SessionStore store, Duration poll) {
		this.store = store;
		this.poll = poll;
	}

	/**
	 * Waits for the end of a session.
	 * @return completes when it has ended, at once if that is just over
	 */
	public Mono<Void> of(SessionId session) {
		Mono<SessionId> before = Mono.fromSupplier(() -> has(session) ? session : null);
		return this.ends.words().filter(session::equals).mergeWith(before).next().then();
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
			this.ends.say(session);
		}
	}

	@Override
	public void start() {
		this.running = Flux.interval(this.poll).onBackpressureDrop().concatMap((tick) -> round(), 1).subscribe();
	}

	private Mono<Void> round() {
		return this.store.recentEnds().doOnNext(this::announce).then().onErrorResume((error) -> {
			logger.warn("Ends of sessions are heard of later: {}", error.toString());
			return Mono.empty();
		});
	}

	@Override
	public void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
