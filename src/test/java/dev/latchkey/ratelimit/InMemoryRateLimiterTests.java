package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.testing.MovableClock;

/**
 * The fake of the fast tests counts like the real rate limiter.
 */
class InMemoryRateLimiterTests implements RateLimiterContract {

	private final MovableClock clock = new MovableClock();

	private final InMemoryRateLimiter rateLimiter = new InMemoryRateLimiter(this.clock);

	@Override
	public RateLimiter rateLimiter() {
		return this.rateLimiter;
	}

	@Override
	public void letPass(Duration duration) {
		this.clock.letPass(duration);
	}

}
