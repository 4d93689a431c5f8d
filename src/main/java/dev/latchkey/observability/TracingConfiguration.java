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
 * Which spans there are and what they say. The rest is Spring Boot's own.
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
	PropagatingReceiverTracingObservationHandler<?> receivedSpans(Tracer tracer, Propagator propagator) {
		return new SpanHandlers.Received(tracer, propagator);
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.SENDER_TRACING_OBSERVATION_HANDLER_ORDER)
	PropagatingSenderTracingObservationHandler<?> sentSpans(Tracer tracer, Propagator propagator) {
		return new SpanHandlers.Sent(tracer, propagator);
	}

	@Bean
	@Order(MicrometerTracingAutoConfiguration.DEFAULT_TRACING_OBSERVATION_HANDLER_ORDER)
	DefaultTracingObservationHandler innerSpans(Tracer tracer) {
		return new SpanHandlers.Inner(tracer);
	}

	/**
	 * The names that the Elastic Common Schema has for them.
	 */
	@Bean
	Slf4JEventListener tracesInTheLog() {
		return new Slf4JEventListener("trace.id", "span.id");
	}

}
