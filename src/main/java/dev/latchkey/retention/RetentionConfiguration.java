package dev.latchkey.retention;

import java.util.List;

import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
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
	RetentionJob retentionJob(List<PurgeTask> tasks, Outages outages) {
		return new RetentionJob(tasks, outages);
	}

	@Bean
	PeriodicTask retentionTask(RetentionJob job, RetentionProperties properties, Outages outages) {
		return PeriodicTask.startingAfterOnePeriod(outages.ofRoundsWithoutDatabase("The retention job"),
				properties.purgeInterval(), Schedulers.parallel(), job::purge);
	}

}
