package dev.latchkey.retention;

import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires retention.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

	@Bean
	RetentionJob retention(DatabaseClient database, RetentionProperties properties) {
		return RetentionJob.of(database, properties);
	}

	@Bean
	RetentionLoop retentionLoop(RetentionJob retention, RetentionProperties properties) {
		return new RetentionLoop(retention::drop, properties.purgeInterval(), Schedulers.parallel());
	}

}
