package dev.latchkey.feed;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metrics of the feed.
 */
class FeedMetricsTests {

	private static final Instant READ_AT = Instant.parse("2026-05-04T12:00:00Z");

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final FeedMetrics metrics = new FeedMetrics(this.registry);

	@Test
	void countTheOpenStreams() {
		this.metrics.watcherJoined();
		this.metrics.watcherJoined();
		this.metrics.watcherLeft();
		assertThat(this.registry.get("latchkey.feed.watchers").gauge().value()).isEqualTo(1);
	}

	@Test
	void measureTheLagFromTheTransactionOfAnEventToItsArrival() {
		this.metrics.recordLag(List.of(eventAt(READ_AT.minusMillis(40)), eventAt(READ_AT.minusMillis(10))), READ_AT,
				TimeUnit.MILLISECONDS.toNanos(5));
		assertThat(lag().count()).isEqualTo(2);
		assertThat(lag().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(45 + 15);
		assertThat(lag().max(TimeUnit.MILLISECONDS)).isEqualTo(45);
	}

	@Test
	void takeAnEventThatIsNewerThanTheReadForOneWithoutLag() {
		this.metrics.recordLag(List.of(eventAt(READ_AT.plusSeconds(1))), READ_AT, 0);
		assertThat(lag().count()).isEqualTo(1);
		assertThat(lag().totalTime(TimeUnit.MILLISECONDS)).isZero();
	}

	@Test
	void recordNothingForAnEmptyPage() {
		this.metrics.recordLag(List.of(), READ_AT, 5);
		assertThat(lag().count()).isZero();
	}

	@Test
	void divideTheLagIntoBuckets() {
		this.metrics.recordLag(List.of(eventAt(READ_AT.minusMillis(20))), READ_AT, 0);
		CountAtBucket[] buckets = lag().takeSnapshot().histogramCounts();
		assertThat(Arrays.stream(buckets).map((bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))).containsExactly(5.0,
				10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2000.0, 2500.0, 3000.0, 5000.0, 10_000.0);
	}

	private Timer lag() {
		return this.registry.get("latchkey.feed.lag").timer();
	}

	private static AccountEvent eventAt(Instant at) {
		return new AccountEvent(1, EventType.MEMBER_LEFT.wireName(), at,
				new AccountEvent.Actor(ActorKind.SYSTEM, null, null), null, null, null, null, null);
	}

}
