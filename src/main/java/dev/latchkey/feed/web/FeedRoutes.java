package dev.latchkey.feed.web;

import java.util.Set;

import dev.latchkey.feed.EventLog;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedAccess;
import dev.latchkey.feed.FeedProperties;
import dev.latchkey.http.ApiRoutes;
import dev.latchkey.http.ListStreams;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.shutdown.ShutdownSignal;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The account's log: live as server-sent events, as one NDJSON or CSV list, or in JSON
 * pages, depending on what the client accepts.
 */
@Configuration(proxyBeanMethods = false)
class FeedRoutes {

	private static final String EVENTS = "/api/v1/accounts/{account}/events";

	private static final MediaTypes OFFERED = MediaTypes.of(MediaType.APPLICATION_JSON, MediaType.TEXT_EVENT_STREAM,
			MediaType.APPLICATION_NDJSON, MediaTypes.CSV);

	@Bean
	RouterFunction<ServerResponse> eventRoutes(Feed feed, EventLog log, FeedAccess feedAccess, SessionEndings endings,
			ShutdownSignal shutdown, FeedProperties properties, ListStreams streams) {
		EventStreamHandler stream = new EventStreamHandler(feed, feedAccess, endings, shutdown, properties);
		EventPageHandler pages = new EventPageHandler(feed, log, feedAccess);
		EventListHandler list = new EventListHandler(feed, log, feedAccess, endings, streams);
		return ApiRoutes.json()
			.query(EVENTS, Set.of("after", "limit", "cursor", "type"))
			.offer("GET " + EVENTS, OFFERED)
			.routes((routes) -> routes.GET(EVENTS, OFFERED.preferring(MediaType.TEXT_EVENT_STREAM), stream::stream)
				.GET(EVENTS, OFFERED.preferring(MediaType.APPLICATION_NDJSON), list::ndjson)
				.GET(EVENTS, OFFERED.preferring(MediaTypes.CSV), list::csv)
				.GET(EVENTS, pages::page));
	}

}
