package dev.latchkey.mail;

import java.util.Locale;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import org.jspecify.annotations.Nullable;
import reactor.core.observability.micrometer.Micrometer;
import reactor.core.publisher.Mono;

/**
 * Times what the relay does, and makes it spans where traces are on: an attempt is a
 * child of the request that ordered the mail, talking to the mail server is a part of it.
 */
class MailObservations {

	private static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	MailObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * All that a replica does with a mail that it has claimed.
	 */
	<T> Mono<T> attempt(Outbox.Claim claim, Mono<T> work) {
		return work.tap(Micrometer.observation(this.registry,
				(all) -> Observation.createNotStarted("latchkey.mail.attempt", () -> new Ordered(claim), all)
					.contextualName("mail attempt")));
	}

	/**
	 * The part that waits for the mail server, with what came of it.
	 */
	Mono<MailOutcome> smtp(Mono<MailOutcome> sending) {
		return Mono.deferContextual((context) -> {
			@Nullable Observation attempt = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
			Observation observation = Observation.createNotStarted("latchkey.mail.smtp", this.registry)
				.contextualName("smtp")
				.parentObservation(attempt)
				.lowCardinalityKeyValue(OUTCOME, "none")
				.start();
			return sending.doOnNext((outcome) -> observation.lowCardinalityKeyValue(OUTCOME, name(outcome)))
				.doOnError(observation::error)
				.doFinally((signal) -> observation.stop());
		});
	}

	private static String name(MailOutcome outcome) {
		return outcome.verdict().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Reads the trace from the mail's row as a receiver of messages does from a header.
	 */
	private static final class Ordered extends ReceiverContext<String> {

		Ordered(Outbox.Claim claim) {
			super((traceparent, header) -> "traceparent".equals(header) && !traceparent.isEmpty() ? traceparent : null,
					Kind.CONSUMER);
			setCarrier((claim.traceparent() != null) ? claim.traceparent() : "");
		}

	}

}
