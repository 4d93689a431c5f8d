package dev.latchkey.retention;

import java.util.List;

import reactor.core.scheduler.Schedulers;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Wires retention.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionProperties.class)
class RetentionConfiguration {

	@Bean
	RetentionJob retentionJob(List<PurgeTask> tasks) {
		return new RetentionJob(tasks);
	}

	@Bean
	RetentionLoop retentionLoop(RetentionJob job, RetentionProperties properties) {
		return new RetentionLoop(job::purge, properties.purgeInterval(), Schedulers.parallel());
	}

}
