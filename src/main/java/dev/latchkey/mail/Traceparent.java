package dev.latchkey.mail;

import dev.latchkey.sql.Columns;
import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The trace of the request that enqueues a mail (W3C Trace Context, section 3.2). It is
 * stored with the mail, so that a delivery attempt belongs to the same trace, even on
 * another replica.
 */
public final class Traceparent {

	private static final String FORMAT = "00-%s-%s-%s";

	private Traceparent() {
	}

	/**
	 * The value of the column, null if the request is not traced.
	 */
	public static Parameter of(ContextView context) {
		return Columns.orNull(R2dbcType.VARCHAR, current(context));
	}

	private static @Nullable String current(ContextView context) {
		Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		TracingContext tracing = (observation != null) ? observation.getContext().get(TracingContext.class) : null;
		Span span = (tracing != null) ? tracing.getSpan() : null;
		if (span == null) {
			return null;
		}
		TraceContext trace = span.context();
		return FORMAT.formatted(trace.traceId(), trace.spanId(), Boolean.TRUE.equals(trace.sampled()) ? "01" : "00");
	}

}
