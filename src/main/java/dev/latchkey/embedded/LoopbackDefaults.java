package dev.latchkey.embedded;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Makes the service listen on loopback only if no database is configured, unless an
 * address is set.
 */
class LoopbackDefaults implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (!StringUtils.hasText(environment.getProperty("latchkey.database.url"))) {
			environment.getPropertySources()
				.addLast(new MapPropertySource("one machine",
						Map.of("server.address", "127.0.0.1", "management.server.address", "127.0.0.1")));
		}
	}

}
