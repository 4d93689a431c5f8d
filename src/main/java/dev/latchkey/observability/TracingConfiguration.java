package dev.latchkey.observability;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.samplers.Sampler;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Configures which spans exist and what they contain. Spring Boot configures the rest of
 * tracing.
 */
@Configuration(proxyBeanMethods = false)
@Conditional(TracingCondition.class)
class TracingConfiguration {

	@Bean
	Sampler sampler(@Value("${management.tracing.sampling.probability}") double probability) {
		return Sampler.parentBased(new EntryPointSampler(Sampler.traceIdRatioBased(probability)));
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.RECEIVER_TRACING_OBSERVATION_HANDLER_ORDER)
	PropagatingReceiverTracingObservationHandler<?> receiverSpans(Tracer tracer, Propagator propagator) {
		return new SpanHandlers.Receiver(tracer, propagator);
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.SENDER_TRACING_OBSERVATION_HANDLER_ORDER)
	PropagatingSenderTracingObservationHandler<?> senderSpans(Tracer tracer, Propagator propagator) {
		return new SpanHandlers.Sender(tracer, propagator);
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.DEFAULT_TRACING_OBSERVATION_HANDLER_ORDER)
	DefaultTracingObservationHandler internalSpans(Tracer tracer) {
		return new SpanHandlers.Internal(tracer);
	}

	/**
	 * Adds the trace and the span to log lines, by their names in the Elastic Common
	 * Schema.
	 */
	@Bean
	Slf4JEventListener traceIdsInLog() {
		return new Slf4JEventListener("trace.id", "span.id");
	}

}
