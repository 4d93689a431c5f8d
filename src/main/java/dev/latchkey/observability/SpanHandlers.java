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
 * Micrometer's handlers that convert observations to spans, with two differences. An
 * error is recorded by its type only, because the messages of drivers and mail servers
 * can contain personal data. An event stream has no span, because the span would end long
 * after the events that it could explain.
 */
final class SpanHandlers {

	private SpanHandlers() {
	}

	private static boolean isEventStream(Observation.Context context) {
		ServerHttpRequest request = (context instanceof ServerRequestObservationContext observation)
				? observation.getCarrier() : null;
		return request != null && request.getHeaders()
			.getValuesAsList(HttpHeaders.ACCEPT)
			.stream()
			.anyMatch((type) -> type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE));
	}

	private static void recordError(Span span, @Nullable Throwable error) {
		if (error instanceof DomainException refusal) {
			span.tag("latchkey.refusal", refusal.code().code());
		}
		else if (error != null) {
			span.error(new ErrorType(error.getClass().getName()));
		}
	}

	/**
	 * Spans of requests, and of mails that a request has queued.
	 */
	static final class Receiver extends PropagatingReceiverTracingObservationHandler<ReceiverContext<?>> {

		Receiver(Tracer tracer, Propagator propagator) {
			super(tracer, propagator);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return super.supportsContext(context) && !isEventStream(context);
		}

		@Override
		public void onError(ReceiverContext<?> context) {
			recordError(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Spans of SQL statements.
	 */
	static final class Sender extends PropagatingSenderTracingObservationHandler<SenderContext<?>> {

		Sender(Tracer tracer, Propagator propagator) {
			super(tracer, propagator);
		}

		@Override
		public void onError(SenderContext<?> context) {
			recordError(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Spans of internal operations.
	 */
	static final class Internal extends DefaultTracingObservationHandler {

		Internal(Tracer tracer) {
			super(tracer);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return super.supportsContext(context) && !isEventStream(context);
		}

		@Override
		public void onError(Observation.Context context) {
			recordError(getRequiredSpan(context), context.getError());
		}

	}

	/**
	 * Represents an error by the name of its type, without its message.
	 */
	private static final class ErrorType extends RuntimeException {

		ErrorType(String type) {
			super(type, null, false, false);
		}

	}

}
