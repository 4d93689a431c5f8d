package dev.latchkey.retention;

import dev.latchkey.reactive.PeriodicTask;
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
	PeriodicTask retentionTask(RetentionJob retention, RetentionProperties properties) {
		return PeriodicTask.startingAfterOnePeriod("retention job", properties.purgeInterval(), Schedulers.parallel(),
				retention::drop);
	}

}
