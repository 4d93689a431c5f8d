package dev.latchkey.ratelimit;

import java.time.Duration;

import dev.latchkey.testing.MovableClock;

/**
 * The fake of the fast tests counts like the real limiter.
 */
class InMemoryAddressRateLimiterTests implements AddressRateLimiterContract {

	private final MovableClock clock = new MovableClock();

	private final InMemoryAddressRateLimiter limiter = new InMemoryAddressRateLimiter(this.clock);

	@Override
	public AddressRateLimiter limiter() {
		return this.limiter;
	}

	@Override
	public void letPass(Duration duration) {
		this.clock.letPass(duration);
	}

}
