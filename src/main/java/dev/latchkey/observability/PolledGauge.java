package dev.latchkey.observability;

import java.time.Duration;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * A gauge in seconds whose value is read in the background, so that a scrape neither
 * waits nor queries the database. It is NaN before the first reading and after a failed
 * one.
 */
public final class PolledGauge implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(PolledGauge.class);

	private final String name;

	private final Mono<Double> reading;

	private final Duration period;

	private volatile double seconds = Double.NaN;

	private @Nullable Disposable running;

	/**
	 * Registers the gauge.
	 * @param reading reads the current value in seconds; a reading that takes longer than
	 * the period fails
	 */
	public PolledGauge(String name, String description, Mono<Double> reading, MeterRegistry registry, Duration period) {
		this.name = name;
		this.reading = reading.timeout(period);
		this.period = period;
		Gauge.builder(name, this, (gauge) -> gauge.seconds)
			.description(description)
			.baseUnit("seconds")
			.register(registry);
	}

	@Override
	public void start() {
		this.running = Flux.interval(Duration.ZERO, this.period)
			.onBackpressureDrop()
			.concatMap((tick) -> sample(), 1)
			.subscribe();
	}

	private Mono<Void> sample() {
		return this.reading.doOnNext((value) -> this.seconds = value).onErrorResume((error) -> {
			this.seconds = Double.NaN;
			logger.warn("{} could not be read: {}", this.name, error.toString());
			return Mono.empty();
		}).then();
	}

	@Override
	public void stop() {
		if (this.running != null) {
			this.running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

}
