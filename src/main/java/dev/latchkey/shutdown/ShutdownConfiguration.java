package dev.latchkey.shutdown;

import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires the graceful shutdown.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ShutdownProperties.class)
class ShutdownConfiguration {

	@Bean
	ShutdownSignal shutdownSignal() {
		return new ShutdownSignal();
	}

	@Bean
	GracefulShutdown gracefulShutdown(ApplicationContext context, ShutdownSignal signal, List<DrainableWork> works,
			ShutdownProperties properties) {
		return new GracefulShutdown(context, signal, works, properties);
	}

}
