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
 * Knows which sessions have ended recently, and notifies the streaming responses of those
 * sessions. The end of a session on this replica is known at once, the end on another
 * replica after the next poll.
 */
public class SessionEndings implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(SessionEndings.class);

	private final SessionStore store;

	private final Duration pollInterval;

	private final Cache<SessionId, Boolean> ended = Caffeine.newBuilder()
		.expireAfterWrite(Duration.ofMinutes(1))
		.executor(Runnable::run)
		.build();

	private final Signal<SessionId> endings = new Signal<>();

	private @Nullable Disposable polling;

	SessionEndings(SessionStore store, Duration pollInterval) {
		this.store = store;
		this.pollInterval = pollInterval;
	}

	/**
	 * Waits for the end of a session.
	 * @return completes when the session has ended, at once if it ended within the last
	 * minute
	 */
	public Mono<Void> awaitEnd(SessionId session) {
		Mono<SessionId> alreadyEnded = Mono.fromSupplier(() -> hasEnded(session) ? session : null);
		return this.endings.words().filter(session::equals).mergeWith(alreadyEnded).next().then();
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
			this.endings.say(session);
		}
	}

	@Override
	public void start() {
		this.polling = Flux.interval(this.pollInterval).onBackpressureDrop().concatMap((tick) -> poll(), 1).subscribe();
	}

	private Mono<Void> poll() {
		return this.store.findRecentlyEnded().doOnNext(this::markEnded).then().onErrorResume((error) -> {
			logger.warn("Sessions that ended on other replicas could not be read; retrying at the next poll: {}",
					error.toString());
			return Mono.empty();
		});
	}

	@Override
	public void stop() {
		if (this.polling != null) {
			this.polling.dispose();
			this.polling = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.polling != null;
	}

}
