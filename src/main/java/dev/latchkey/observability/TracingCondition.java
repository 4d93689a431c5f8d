package dev.latchkey.observability;

import java.util.List;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Matches if the endpoint of a trace collector is configured, by a variable of the
 * OpenTelemetry standard or by Spring Boot's property.
 */
class TracingCondition implements Condition {

	private static final List<String> COLLECTORS = List.of("OTEL_EXPORTER_OTLP_ENDPOINT",
			"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "management.opentelemetry.tracing.export.otlp.endpoint");

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return isTracingEnabled(context.getEnvironment());
	}

	static boolean isTracingEnabled(Environment environment) {
		return COLLECTORS.stream().anyMatch((name) -> StringUtils.hasText(environment.getProperty(name)));
	}

}
