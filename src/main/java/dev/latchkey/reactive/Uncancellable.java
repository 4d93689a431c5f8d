package dev.latchkey.reactive;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Runs work to completion even if its subscriber cancels, as happens when a client
 * disconnects. Otherwise a request could take effect in part, and an interrupted
 * statement would need a cleanup.
 */
public final class Uncancellable {

	private static final Logger logger = LoggerFactory.getLogger(Uncancellable.class);

	private Uncancellable() {
	}

	/**
	 * A filter for routes: the handler completes even if the client disconnects. It does
	 * not cover the body that a streaming response writes afterwards.
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> completeAfterDisconnect() {
		return (request, next) -> of(Mono.defer(() -> next.handle(request)));
	}

	/**
	 * Subscribes to the work and completes it, whether or not the subscriber cancels. An
	 * error after a cancellation is only logged.
	 */
	public static <T> Mono<T> of(Mono<T> work) {
		return Mono.deferContextual((context) -> {
			AtomicBoolean cancelled = new AtomicBoolean();
			Mono<T> guarded = work.onErrorResume((error) -> cancelled.get() ? logUnreported(error) : Mono.error(error));
			return Mono.fromFuture(guarded.contextWrite(context).toFuture(), true)
				.doOnCancel(() -> cancelled.set(true));
		});
	}

	private static <T> Mono<T> logUnreported(Throwable error) {
		logger.debug("Work failed after its subscriber had cancelled: {}", error.toString());
		return Mono.empty();
	}

}
