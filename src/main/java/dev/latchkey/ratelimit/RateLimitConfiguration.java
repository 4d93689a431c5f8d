package dev.latchkey.ratelimit;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

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
		return new R2dbcRateLimiter(database, limitCounter);
	}

	@Bean
	PurgeTask rateLimitPurge(DatabaseClient database, RetentionProperties properties) {
		return RateLimitPurge.task(database, properties);
	}

}
