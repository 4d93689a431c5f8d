package dev.latchkey.ratelimit;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the rate limiters.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RateLimitProperties.class)
class RateLimitConfiguration {

	@Bean
	RateLimiter rateLimiter(DatabaseClient database, LimitCounter limitCounter) {
		return new R2dbcRateLimiter(database, limitCounter);
	}

	@Bean
	AddressRateLimiter addressRateLimiter(DatabaseClient database, LimitCounter limitCounter,
			RateLimitProperties properties) {
		return new R2dbcAddressRateLimiter(database, limitCounter, properties.knownSourceValidity());
	}

	@Bean
	PurgeTask rateLimitPurge(DatabaseClient database, RetentionProperties properties) {
		return RateLimitPurges.attempts(database, properties);
	}

	@Bean
	PurgeTask addressAttemptPurge(DatabaseClient database, RetentionProperties properties) {
		return RateLimitPurges.addressAttempts(database, properties);
	}

	@Bean
	PurgeTask knownSourcePurge(DatabaseClient database, RateLimitProperties limits, RetentionProperties properties) {
		return RateLimitPurges.knownSources(database, limits.knownSourceValidity(), properties);
	}

}
