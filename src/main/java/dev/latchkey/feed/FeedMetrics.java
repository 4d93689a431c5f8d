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
 * Measures the feed of this replica: the number of watchers, and the lag of each event.
 * The lag lasts from the start of the transaction that wrote the event ({@code at}) until
 * the event is in the memory that its watchers read from. Both times are by the
 * database's clock: the second one is the database's time when the tail was read, plus
 * the time that has passed on this replica since then. The lag includes the wait for the
 * account's lock. It does not include the delivery to a watcher that reads slowly.
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

	void watcherJoined() {
		this.watchers.incrementAndGet();
	}

	void watcherLeft() {
		this.watchers.decrementAndGet();
	}

	/**
	 * Records the lag of events that are in the tail now.
	 * @param readAt the database's time when the tail was read
	 * @param nanosSinceRead the time that has passed on this replica since then
	 */
	void recordLag(List<AccountEvent> events, Instant readAt, long nanosSinceRead) {
		for (AccountEvent event : events) {
			long nanos = Duration.between(event.at(), readAt).toNanos() + nanosSinceRead;
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
