package dev.latchkey.http;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires what browsers elsewhere may do.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CorsProperties.class)
class CrossOriginConfiguration {

	@Bean
	ListedOrigins listedOrigins(CorsProperties properties) {
		return new ListedOrigins(properties);
	}

	@Bean
	CrossOriginRequests crossOriginRequests(ListedOrigins origins) {
		return new CrossOriginRequests(origins);
	}

}
