package dev.latchkey.observability;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A polled gauge has the last value that was read, or NaN.
 */
class PolledGaugeTests {

	private static final Duration PERIOD = Duration.ofSeconds(15);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final Deque<Mono<Double>> readings = new ArrayDeque<>();

	private VirtualTimeScheduler time;

	private PeriodicTask gauge;

	@BeforeEach
	void start() {
		this.time = VirtualTimeScheduler.getOrSet();
		this.gauge = PolledGauge.register("test.age", "An age", Mono.defer(this.readings::remove), this.registry,
				PERIOD, new Outages(InstantSource.system()));
	}

	@AfterEach
	void stop() {
		this.gauge.stop();
		VirtualTimeScheduler.reset();
	}

	@Test
	void hasTheLastValueAndNaNWhileReadingFails() {
		assertThat(value()).isNaN();
		this.readings.addAll(List.of(Mono.just(1.0), Mono.just(2.0), Mono.error(new IllegalStateException("gone")),
				Mono.just(3.0), Mono.never(), Mono.never(), Mono.just(5.0)));
		this.gauge.start();
		assertThat(afterAPeriod(Duration.ZERO)).isEqualTo(1);
		assertThat(afterAPeriod(PERIOD)).isEqualTo(2);
		assertThat(afterAPeriod(PERIOD)).isNaN();
		assertThat(afterAPeriod(PERIOD)).isEqualTo(3);
		assertThat(afterAPeriod(PERIOD)).isEqualTo(3);
		assertThat(afterAPeriod(PERIOD)).isNaN();
		assertThat(afterAPeriod(PERIOD)).isEqualTo(5);
	}

	@Test
	void isNotReadAfterItWasStopped() {
		this.readings.addAll(List.of(Mono.just(1.0), Mono.just(2.0)));
		this.gauge.start();
		this.time.advanceTimeBy(Duration.ZERO);
		assertThat(this.gauge.isRunning()).isTrue();
		this.gauge.stop();
		assertThat(afterAPeriod(PERIOD)).isEqualTo(1);
		assertThat(this.readings).hasSize(1);
	}

	private double afterAPeriod(Duration period) {
		this.time.advanceTimeBy(period);
		return value();
	}

	private double value() {
		return this.registry.get("test.age").gauge().value();
	}

}
