package dev.latchkey.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts how often limits were exceeded, by the name of the limit. The metric does not
 * contain the client.
 */
public class LimitCounter {

	private final MeterRegistry registry;

	private final Map<String, Counter> counters = new ConcurrentHashMap<>();

	public LimitCounter(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Counts one hit.
	 */
	public void hit(String limit) {
		Counter known = this.counters.get(limit);
		((known != null) ? known : this.counters.computeIfAbsent(limit, this::counter)).increment();
	}

	private Counter counter(String limit) {
		return Counter.builder("latchkey.limits.hit")
			.description("How often a limit was exceeded")
			.tag("limit", limit)
			.register(this.registry);
	}

}
