package dev.latchkey.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures the feed of this replica: how many watch, and the lag of each event, from the
 * beginning of the transaction that wrote it (the log's {@code at}) to the moment when it
 * stood in the memory that its watchers read from. Both ends are the database's clock:
 * the second is the time it told when the tail was last looked at, and what has passed
 * here since. A wait for the account's lock is part of the lag, the socket of a watcher
 * who does not read is not.
 */
class FeedMetrics {

	private final AtomicInteger watchers = new AtomicInteger();

	private final Timer lag;

	FeedMetrics(MeterRegistry registry) {
		Gauge.builder("latchkey.feed.watchers", this.watchers, AtomicInteger::get)
			.description("Open streams of the feed")
			.register(registry);
		this.lag = Timer.builder("latchkey.feed.lag")
			.description("From an event's transaction to the watchers' memory")
			.serviceLevelObjectives(bounds(5, 10, 25, 50, 100, 250, 500, 1000, 2000, 2500, 3000, 5000, 10_000))
			.register(registry);
	}

	void joined() {
		this.watchers.incrementAndGet();
	}

	void left() {
		this.watchers.decrementAndGet();
	}

	/**
	 * Events have reached the tail.
	 * @param read the database's time when it was looked at
	 * @param since the nanoseconds that have passed here since
	 */
	void reached(List<AccountEvent> events, Instant read, long since) {
		for (AccountEvent event : events) {
			long nanos = Duration.between(event.at(), read).toNanos() + since;
			this.lag.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
		}
	}

	private static Duration[] bounds(long... millis) {
		Duration[] bounds = new Duration[millis.length];
		for (int index = 0; index < millis.length; index++) {
			bounds[index] = Duration.ofMillis(millis[index]);
		}
		return bounds;
	}

}
