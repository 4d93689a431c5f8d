package dev.latchkey.observability;

import java.time.Duration;

import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A gauge in seconds whose value is read in the background, so that a scrape neither
 * waits for the database nor queries it. Its value is NaN before the first reading and
 * after a reading that failed.
 */
public final class PolledGauge {

	private volatile double seconds = Double.NaN;

	private PolledGauge() {
	}

	/**
	 * Registers a gauge.
	 * @param reading reads the seconds, once for each subscription; it fails if it takes
	 * longer than a period
	 * @return the task that reads the value; the first reading is at its start
	 */
	public static PeriodicTask register(String name, String description, Mono<Double> reading, MeterRegistry registry,
			Duration period, Outages outages) {
		PolledGauge gauge = new PolledGauge();
		Gauge.builder(name, gauge, (polled) -> polled.seconds)
			.description(description)
			.baseUnit("seconds")
			.register(registry);
		return PeriodicTask.startingImmediately(outages.ofRounds("The reading of " + name), period,
				Schedulers.parallel(), () -> gauge.read(reading.timeout(period)));
	}

	private Mono<Double> read(Mono<Double> reading) {
		return reading.doOnNext((read) -> this.seconds = read).doOnError((error) -> this.seconds = Double.NaN);
	}

}
