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
 * Measures the delivery attempts of the relay and, if tracing is enabled, records them as
 * spans. An attempt is a child of the request that enqueued the mail, and the SMTP
 * conversation is a child of the attempt.
 */
class MailObservations {

	private static final String OUTCOME = "outcome";

	private final ObservationRegistry registry;

	MailObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Observes the processing of a claimed mail.
	 */
	<T> Mono<T> attempt(OutboxStore.Claim claim, Mono<T> work) {
		return work.tap(Micrometer.observation(this.registry,
				(registry) -> Observation
					.createNotStarted("latchkey.mail.attempt", () -> new ClaimContext(claim), registry)
					.contextualName("mail attempt")));
	}

	/**
	 * Observes the SMTP conversation, with its outcome.
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
	 * Reads the trace from the mail's row, as a consumer of messages reads it from a
	 * header.
	 */
	private static final class ClaimContext extends ReceiverContext<String> {

		ClaimContext(OutboxStore.Claim claim) {
			super((traceparent, header) -> "traceparent".equals(header) && !traceparent.isEmpty() ? traceparent : null,
					Kind.CONSUMER);
			setCarrier((claim.traceparent() != null) ? claim.traceparent() : "");
		}

	}

}
