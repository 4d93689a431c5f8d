package dev.latchkey.feed;

import dev.latchkey.signal.Departure;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Wires the log and its live readers.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
class FeedConfiguration {

	@Bean
	EventLog eventLog(DatabaseClient database) {
		return new EventLog(database);
	}

	@Bean
	EventFrames eventFrames(JsonMapper json) {
		return new EventFrames(json);
	}

	@Bean
	Epoch epoch(EventLog log) {
		return new Epoch(log);
	}

	@Bean
	CatchUp catchUp(EventLog log, EventFrames frames, FeedProperties properties) {
		return new CatchUp(log, frames, properties.catchUps());
	}

	@Bean
	Tails tails(EventLog log, EventFrames frames, Epoch epoch, MeterRegistry registry, FeedProperties properties) {
		return new Tails(log, frames, epoch, new FeedMeters(registry), properties.tail());
	}

	@Bean
	FeedSignals feedSignals(ConnectionFactory connections, Tails tails) {
		return new FeedSignals(unwrapped(connections), tails);
	}

	@Bean
	Feed feed(EventLog log, CatchUp catchUp, Tails tails, EventFrames frames, Epoch epoch, FeedSignals signals) {
		return new Feed(log, catchUp, tails, frames, epoch, signals);
	}

	@Bean
	FeedLoop feedLoop(EventLog log, Tails tails, FeedSignals signals, Epoch epoch, FeedProperties properties,
			Departure departure) {
		return new FeedLoop(log, tails, signals, epoch, properties.poll(), departure);
	}

	/**
	 * The driver's own, below the pool and below what traces its statements.
	 */
	private static ConnectionFactory unwrapped(ConnectionFactory connections) {
		return (connections instanceof Wrapped<?> wrapping && wrapping.unwrap() instanceof ConnectionFactory inner)
				? unwrapped(inner) : connections;
	}

}
