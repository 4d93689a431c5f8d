package dev.latchkey.observability;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Excludes Spring Boot's auto-configurations of tracing unless {@link TracingCondition}
 * matches. Without tracing there is no exporter, no thread, no proxy between the pool and
 * the driver, and no thread-local restored in every step of a reactive chain.
 */
class TracingAutoConfigurationFilter implements EnvironmentPostProcessor, Ordered {

	private static final String BOOT = "org.springframework.boot.";

	private static final List<String> TRACING = List.of(
			BOOT + "opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.prometheus.PrometheusExemplarsAutoConfiguration",
			BOOT + "r2dbc.autoconfigure.R2dbcProxyAutoConfiguration",
			BOOT + "r2dbc.autoconfigure.observation.R2dbcObservationAutoConfiguration");

	/** Never used: logs go to the console, and repositories need no metrics. */
	private static final List<String> UNUSED = List.of(
			BOOT + "opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration",
			BOOT + "opentelemetry.autoconfigure.logging.otlp.OtlpLoggingAutoConfiguration",
			BOOT + "micrometer.tracing.opentelemetry.autoconfigure.zipkin.ZipkinWithOpenTelemetryTracingAutoConfiguration",
			BOOT + "micrometer.tracing.autoconfigure.otlp.OtlpExemplarsAutoConfiguration",
			BOOT + "data.autoconfigure.metrics.DataRepositoryMetricsAutoConfiguration");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> settings = new HashMap<>();
		boolean enabled = TracingCondition.isTracingEnabled(environment);
		settings.put("spring.autoconfigure.exclude",
				String.join(",", UNUSED) + (enabled ? "" : "," + String.join(",", TRACING)));
		if (enabled) {
			// Log lines then contain their trace id, on every thread.
			settings.put("spring.reactor.context-propagation", "auto");
		}
		environment.getPropertySources().addLast(new MapPropertySource("tracing", settings));
	}

	@Override
	public int getOrder() {
		return ConfigDataEnvironmentPostProcessor.ORDER + 1;
	}

}
