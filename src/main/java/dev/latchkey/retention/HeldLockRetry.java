package dev.latchkey.retention;

import java.time.Duration;

import reactor.core.publisher.Mono;

/**
 * Retries while an account's row is locked. Commands hold the lock for milliseconds only,
 * so a purge does not wait for it: it tries again after a short pause and, after some
 * retries, leaves the account for the next run.
 */
public final class HeldLockRetry {

	private static final int MAX_RETRIES = 20;

	private static final Duration PAUSE = Duration.ofMillis(40);

	private HeldLockRetry() {
	}

	/**
	 * Repeats a statement that skips locked rows while it returns no row.
	 * @return the row, empty if the lock was held at every attempt
	 */
	public static <T> Mono<T> whileHeld(Mono<T> attempt) {
		return attempt.repeatWhenEmpty((attempts) -> attempts.take(MAX_RETRIES).delayElements(PAUSE));
	}

}
