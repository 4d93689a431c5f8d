package dev.latchkey.feed;

import java.time.Duration;

import dev.latchkey.outage.Outages;
import dev.latchkey.reactive.PeriodicTask;
import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;
import dev.latchkey.shutdown.ShutdownSignal;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the event log and its live streams.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
class FeedConfiguration {

	@Bean
	EventLog eventLog(DatabaseClient database) {
		return new R2dbcEventLog(database);
	}

	@Bean
	FrameEncoder frameEncoder(JsonMapper json) {
		return new FrameEncoder(json);
	}

	@Bean
	DatabaseEpoch databaseEpoch(EventLog log) {
		return new DatabaseEpoch(log);
	}

	@Bean
	HistoryReader historyReader(EventLog log, FrameEncoder encoder, FeedProperties properties) {
		return new HistoryReader(log, encoder, properties.maxHistoryReaders());
	}

	@Bean
	AccountTails accountTails(EventLog log, FrameEncoder encoder, DatabaseEpoch epoch, MeterRegistry registry,
			FeedProperties properties, Outages outages) {
		return new AccountTails(log, encoder, epoch, new FeedMetrics(registry), properties.bufferSize(), outages);
	}

	@Bean
	ReplicaNotifications replicaNotifications(ConnectionFactory connections, AccountTails tails, Outages outages) {
		return new ReplicaNotifications(unwrapped(connections), tails, outages);
	}

	@Bean
	Feed feed(EventLog log, HistoryReader historyReader, AccountTails tails, FrameEncoder encoder, DatabaseEpoch epoch,
			ReplicaNotifications notifications) {
		return new Feed(log, historyReader, tails, encoder, epoch, notifications);
	}

	@Bean
	FeedPoll feedPoll(EventLog log, AccountTails tails, DatabaseEpoch epoch) {
		return new FeedPoll(log, tails, epoch);
	}

	@Bean
	PeriodicTask feedPollTask(FeedPoll poll, FeedProperties properties, Outages outages) {
		return PeriodicTask.startingAfterOnePeriod(outages.ofRounds("The poll of the feed"), properties.pollInterval(),
				Schedulers.parallel(), poll::poll);
	}

	@Bean
	FeedMaintenance feedMaintenance(FeedPoll poll, AccountTails tails, ReplicaNotifications notifications,
			ShutdownSignal shutdown) {
		return new FeedMaintenance(poll, tails, notifications, shutdown);
	}

	@Bean
	PurgeTask eventPurge(DatabaseClient database, RetentionProperties properties, AccountPurgeListener listener) {
		Duration age = properties.events();
		return (age != null) ? new EventPurge(database, age, properties.purgeBatchSize(), listener)
				: PurgeTask.keepForever(EventPurge.NAME);
	}

	/**
	 * The connection factory of the driver, without the pool and without tracing.
	 */
	private static ConnectionFactory unwrapped(ConnectionFactory connections) {
		return (connections instanceof Wrapped<?> wrapper && wrapper.unwrap() instanceof ConnectionFactory inner)
				? unwrapped(inner) : connections;
	}

}
