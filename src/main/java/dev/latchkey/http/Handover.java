package dev.latchkey.http;

import reactor.core.publisher.Mono;

/**
 * Hands a write over so that it runs to its end even if the client hangs up: a cancelled
 * request must not leave its caller guessing whether the half that it saw was the whole.
 */
public final class Handover {

	private Handover() {
	}

	/**
	 * Runs the work whole, whoever stops listening to its result.
	 */
	public static <T> Mono<T> toTheEnd(Mono<T> work) {
		return Mono.deferContextual((context) -> Mono.fromFuture(work.contextWrite(context).toFuture(), true));
	}

}
