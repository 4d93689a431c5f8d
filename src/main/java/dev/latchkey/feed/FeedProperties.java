package dev.latchkey.feed;

import java.time.Duration;

import dev.latchkey.shared.SettingChecks;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the event feed.
 *
 * @param heartbeatInterval how often a stream without events sends a comment
 * @param pollInterval how often the log is checked for events whose notification was lost
 * @param maxStreamAge after how long a stream ends, varied by up to a tenth; clients
 * reconnect
 * @param bufferSize how many events of a watched account are kept in memory
 * @param maxHistoryReaders how many streams may read older events from the database at
 * the same time
 * @param reconnectDelay how long a client waits before it reconnects
 */
@ConfigurationProperties("latchkey.feed")
public record FeedProperties(@DefaultValue("15s") Duration heartbeatInterval, @DefaultValue("2s") Duration pollInterval,
		@DefaultValue("30m") Duration maxStreamAge, @DefaultValue("256") int bufferSize,
		@DefaultValue("4") int maxHistoryReaders, @DefaultValue("2s") Duration reconnectDelay) {

	public FeedProperties {
		SettingChecks.requirePositive("latchkey.feed.heartbeat-interval", heartbeatInterval);
		SettingChecks.requirePositive("latchkey.feed.poll-interval", pollInterval);
		SettingChecks.requirePositive("latchkey.feed.max-stream-age", maxStreamAge);
		SettingChecks.requireAtLeastOne("latchkey.feed.buffer-size", bufferSize);
		SettingChecks.requireAtLeastOne("latchkey.feed.max-history-readers", maxHistoryReaders);
		SettingChecks.requireNotNegative("latchkey.feed.reconnect-delay", reconnectDelay);
	}

}
