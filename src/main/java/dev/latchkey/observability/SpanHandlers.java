package dev.latchkey.observability;

import dev.latchkey.shared.DomainException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Micrometer's ways from observations to spans, with two differences. An error is told by
 * its type alone: the messages of drivers and mail servers repeat values. And a stream of
 * events has no span: it would end hours after everything that it could explain.
 */
final class SpanHandlers {

	private SpanHandlers() {
	}

	private static boolean isEventStream(Observation.Context context) {
		ServerHttpRequest request = (context instanceof ServerRequestObservationContext observed)
				? observed.getCarrier() : null;
		return request != null && request.getHeaders()
			.getValuesAsList(HttpHeaders.ACCEPT)
			.stream()
			.anyMatch((type) -> type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE));
	}

	private static void mark(Span span, @Nullable Throwable error) {
		if (error instanceof DomainException refusal) {
			span.tag("latchkey.refusal", refusal.code().code());
		}
		else if (error != null) {
			span.error(new Fault(error.getClass().getName()));
		}
	}

	/**
	 * Requests, and mails that somebody ordered.
	 */
	static final class Received extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

		Received(Tracer tracer, Propagator propagator) {
			super(tracer, propagator);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return super.supportsContext(context) && !isEventStream(context);
		}

		@Override
		public void onError(ReceiverContext<?> context) {
			mark(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Statements.
	 */
	static final class Sent extends PropagatingSenderTracingObservationHandler<SenderContext<?>> {

		Sent(Tracer tracer, Propagator propagator) {
			super(tracer, propagator);
		}

		@Override
		public void onError(SenderContext<?> context) {
			mark(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Everything that stays in the house.
	 */
	static final class Inner extends DefaultTracingObservationHandler {

		Inner(Tracer tracer) {
			super(tracer);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return super.supportsContext(context) && !isEventStream(context);
		}

		@Override
		public void onError(Observation.Context context) {
			mark(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Stands for an error of this type.
	 */
	private static final class Fault extends RuntimeException {

		Fault(String type) {
			super(type, null, false, false);
		}

	}

}
