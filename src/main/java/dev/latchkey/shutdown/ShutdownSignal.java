package dev.latchkey.shutdown;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * That this replica goes away, in two steps: it is announced when everything still works
 * but clients had better go elsewhere, and it begins when all ends that would not end by
 * itself.
 */
public class ShutdownSignal {

	private final Sinks.Empty<Void> begun = Sinks.empty();

	private volatile boolean announced;

	private volatile boolean underWay;

	private volatile long first;

	private volatile long last;

	public void announce() {
		this.announced = true;
	}

	public boolean isAnnounced() {
		return this.announced;
	}

	/**
	 * Begins, once.
	 * @param spread within which the crowds end, so that they don't come back at once
	 */
	public void begin(Duration spread) {
		announce();
		this.first = System.nanoTime() + spread.dividedBy(10).toNanos();
		this.last = System.nanoTime() + spread.toNanos();
		this.underWay = true;
		this.begun.tryEmitEmpty();
	}

	public boolean isUnderWay() {
		return this.underWay;
	}

	/**
	 * Completes when it begins.
	 */
	public Mono<Void> begun() {
		return this.begun.asMono();
	}

	/**
	 * Completes at a moment of the spread, another for each who asks; at once for who
	 * asks when it is over.
	 */
	public Mono<Void> turn() {
		return begun().then(Mono.defer(() -> Mono.delay(untilSomeMoment()))).then();
	}

	private Duration untilSomeMoment() {
		long moment = this.first + (long) ((this.last - this.first) * ThreadLocalRandom.current().nextDouble());
		return Duration.ofNanos(Math.max(0, moment - System.nanoTime()));
	}

}
