package dev.latchkey.ratelimit;

import dev.latchkey.observability.LimitCounter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the rate limiter.
 */
@Configuration(proxyBeanMethods = false)
class RateLimitConfiguration {

	@Bean
	RateLimiter rateLimiter(DatabaseClient database, LimitCounter limitCounter) {
		return new RateLimiter(database, limitCounter);
	}

}
