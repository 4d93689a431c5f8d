package dev.latchkey.observability;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each limit has a counter of its own, and no other tag.
 */
class LimitCounterTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void hitsAreCountedByLimit() {
		LimitCounter counter = new LimitCounter(this.registry);
		counter.hit("sign-in");
		counter.hit("sign-in");
		counter.hit("mail");
		assertThat(count("sign-in")).isEqualTo(2);
		assertThat(count("mail")).isEqualTo(1);
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getTags()).extracting("key").containsExactly("limit"));
	}

	private double count(String limit) {
		return this.registry.get("latchkey.limits.hit").tag("limit", limit).counter().count();
	}

}
