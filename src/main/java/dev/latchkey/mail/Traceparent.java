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
 * What a mail remembers of the request that ordered it (W3C Trace Context, section 3.2),
 * so that an attempt to send it, later and on another replica, belongs to the same trace.
 */
public final class Traceparent {

	private static final String CARRIED_BY = "00-%s-%s-%s";

	private Traceparent() {
	}

	/**
	 * The column's value: null if nothing is traced.
	 */
	public static Parameter of(ContextView context) {
		return Columns.orNull(R2dbcType.VARCHAR, current(context));
	}

	private static @Nullable String current(ContextView context) {
		Observation present = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
		TracingContext tracing = (present != null) ? present.getContext().get(TracingContext.class) : null;
		Span span = (tracing != null) ? tracing.getSpan() : null;
		if (span == null) {
			return null;
		}
		TraceContext trace = span.context();
		return CARRIED_BY.formatted(trace.traceId(), trace.spanId(),
				Boolean.TRUE.equals(trace.sampled()) ? "01" : "00");
	}

}
