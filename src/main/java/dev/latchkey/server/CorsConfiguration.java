package dev.latchkey.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires cross-origin requests (CORS).
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsProperties.class)
class CorsConfiguration {

	@Bean
	AllowedOrigins allowedOrigins(CorsProperties properties) {
		return new AllowedOrigins(properties);
	}

	@Bean
	CorsFilter corsFilter(AllowedOrigins origins) {
		return new CorsFilter(origins);
	}

}
