package dev.latchkey.observability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Traces are on where a collector is named, by the standard's variables or by Spring
 * Boot's property. Elsewhere nothing of them is set up: no exporter, no thread, nothing
 * between the pool and the driver, no thread-locals restored in every step of a chain.
 */
class TracingCondition implements EnvironmentPostProcessor, Condition, Ordered {

	private static final List<String> COLLECTORS = List.of("OTEL_EXPORTER_OTLP_ENDPOINT",
			"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "management.opentelemetry.tracing.export.otlp.endpoint");

	private static final String BOOT = "org.springframework.boot.";

	private static final List<String> ITS_PARTS = List.of(
			BOOT + "opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration",
			BOOT + "r2dbc.autoconfigure.R2dbcProxyAutoConfiguration",
			BOOT + "r2dbc.autoconfigure.observation.R2dbcObservationAutoConfiguration");

	/** Of these, nothing is used: logs go to the console, repositories are two. */
	private static final List<String> NEVER = List.of(
			BOOT + "opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
			BOOT + "opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.zipkin.ZipkinWithOpenTelemetryTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration",
			BOOT + "data.autoconfigure.metrics.DataRepositoryMetricsAutoConfiguration");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> settings = new HashMap<>();
		boolean on = isOn(environment);
		settings.put("spring.autoconfigure.exclude",
				String.join(",", NEVER) + (on ? "" : "," + String.join(",", ITS_PARTS)));
		if (on) {
			// So that a line of the log carries the trace it was written in, whatever the
			// thread.
			settings.put("spring.reactor.context-propagation", "auto");
		}
		environment.getPropertySources().addLast(new MapPropertySource("tracing", settings));
	}

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return isOn(context.getEnvironment());
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

	private static boolean isOn(Environment environment) {
		return COLLECTORS.stream().anyMatch((name) -> StringUtils.hasText(environment.getProperty(name)));
	}

}
