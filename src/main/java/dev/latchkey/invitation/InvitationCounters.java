package dev.latchkey.invitation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.feed.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts the events of invitations that this replica has written, by event type: each
 * event once, after its commit.
 */
class InvitationCounters {

	private static final String PREFIX = "invitation.";

	private final Map<EventType, Counter> counters = new EnumMap<>(EventType.class);

	InvitationCounters(MeterRegistry registry) {
		Arrays.stream(EventType.values())
			.filter((type) -> type.wireName().startsWith(PREFIX))
			.forEach((type) -> this.counters.put(type, counter(type, registry)));
	}

	void count(EventType type, int events) {
		if (events > 0) {
			Objects.requireNonNull(this.counters.get(type)).increment(events);
		}
	}

	private static Counter counter(EventType type, MeterRegistry registry) {
		return Counter.builder("latchkey.invitations")
			.description("What happened to invitations")
			.tag("outcome", type.wireName().substring(PREFIX.length()))
			.register(registry);
	}

}
