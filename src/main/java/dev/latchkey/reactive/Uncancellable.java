package dev.latchkey.reactive;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Hands work over so that it runs to its end even if the client hangs up: a cancelled
 * request must not leave its caller guessing whether the half that it saw was the whole,
 * and a statement that is cut off half-way would have to be cleaned up after.
 */
public final class Uncancellable {

	private static final Logger logger = LoggerFactory.getLogger(Uncancellable.class);

	private Uncancellable() {
	}

	/**
	 * A filter for routes: an answer is worked out whole, whether anybody still waits for
	 * it or not. What a stream writes afterwards is not part of it.
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> completeAfterDisconnect() {
		return (request, next) -> of(Mono.defer(() -> next.handle(request)));
	}

	/**
	 * Runs the work whole, whoever stops listening to its result.
	 */
	public static <T> Mono<T> of(Mono<T> work) {
		return Mono.deferContextual((context) -> {
			AtomicBoolean alone = new AtomicBoolean();
			Mono<T> whole = work.onErrorResume((error) -> alone.get() ? unheard(error) : Mono.error(error));
			return Mono.fromFuture(whole.contextWrite(context).toFuture(), true).doOnCancel(() -> alone.set(true));
		});
	}

	private static <T> Mono<T> unheard(Throwable error) {
		logger.debug("Nobody waited to hear of this: {}", error.toString());
		return Mono.empty();
	}

}
