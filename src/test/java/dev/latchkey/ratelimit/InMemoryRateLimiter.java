package dev.latchkey.ratelimit;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import dev.latchkey.testing.MovableClock;
import reactor.core.publisher.Mono;

/**
 * A rate limiter in memory, with the clock of the test.
 */
public final class InMemoryRateLimiter implements RateLimiter {

	private final MovableClock clock;

	private final Map<Counter, Count> counts = new HashMap<>();

	public InMemoryRateLimiter(MovableClock clock) {
		this.clock = clock;
	}

	@Override
	public Mono<Void> acquire(RateLimit limit, String subject, int maxAttempts, Duration window) {
		return Mono.defer(() -> {
			Count count = add(new Counter(limit, subject), window);
			if (count.attempts() <= maxAttempts) {
				return Mono.empty();
			}
			Duration elapsed = Duration.between(count.windowStart(), this.clock.now());
			return Mono.error(limit.refusal(window.minus(elapsed)));
		});
	}

	@Override
	public Mono<Void> reset(RateLimit limit, String subject) {
		return Mono.fromRunnable(() -> this.counts.remove(new Counter(limit, subject)));
	}

	@Override
	public Mono<Void> release(RateLimit limit, String subject) {
		return Mono.fromRunnable(() -> this.counts.computeIfPresent(new Counter(limit, subject),
				(counter, count) -> new Count(Math.max(0, count.attempts() - 1), count.windowStart())));
	}

	/**
	 * How many attempts are counted in the window.
	 */
	public int attempts(RateLimit limit, String subject) {
		Count count = this.counts.get(new Counter(limit, subject));
		return (count != null) ? count.attempts() : 0;
	}

	private Count add(Counter counter, Duration window) {
		Instant now = this.clock.now();
		return this.counts.merge(counter, new Count(1, now),
				(count, first) -> now.isBefore(count.windowStart().plus(window))
						? new Count(count.attempts() + 1, count.windowStart()) : first);
	}

	private record Counter(RateLimit limit, String subject) {

	}

	private record Count(int attempts, Instant windowStart) {

	}

}
