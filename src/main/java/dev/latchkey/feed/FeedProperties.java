package dev.latchkey.feed;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the feed is served.
 *
 * @param heartbeat how often a quiet stream shows that it lives
 * @param poll how often the log is looked at for what a lost signal did not tell
 * @param longest when a stream ends by itself, give or take a tenth, to be opened anew
 * @param tail how many events of a watched account are kept in memory
 * @param catchUps how many watchers that are far behind read from the database at once
 * @param retry how long a client waits before it opens a lost stream again
 */
@ConfigurationProperties("latchkey.feed")
public record FeedProperties(@DefaultValue("15s") Duration heartbeat, @DefaultValue("2s") Duration poll,
		@DefaultValue("30m") Duration longest, @DefaultValue("256") int tail, @DefaultValue("4") int catchUps,
		@DefaultValue("2s") Duration retry) {

	public FeedProperties {
		require(heartbeat.toMillis() > 0, "latchkey.feed.heartbeat is positive");
		require(poll.toMillis() > 0, "latchkey.feed.poll is positive");
		require(longest.toMillis() > 0, "latchkey.feed.longest is positive");
		require(tail > 0, "latchkey.feed.tail is at least 1");
		require(!retry.isNegative(), "latchkey.feed.retry is not negative");
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new IllegalArgumentException(message);
		}
	}

}
