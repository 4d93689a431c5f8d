package dev.latchkey.retention;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * How long is waited for an account that somebody holds. Commands are done in
 * milliseconds, so nobody queues for the lock: who finds it taken comes back in a moment,
 * and after a few times leaves the account for the next round.
 */
final class HeldLockRetry {

	private static final int TIMES = 20;

	private static final Duration MOMENT = Duration.ofMillis(40);

	private HeldLockRetry() {
	}

	/**
	 * Tries again what is empty because an account is held.
	 */
	static <T> Mono<T> with(Mono<T> attempt) {
		return attempt.repeatWhenEmpty((attempts) -> attempts.take(TIMES).delayElements(MOMENT));
	}

}
