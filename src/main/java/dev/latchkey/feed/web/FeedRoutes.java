package dev.latchkey.feed.web;

import java.util.Map;
import java.util.Set;

import dev.latchkey.feed.EventLog;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedAudience;
import dev.latchkey.feed.FeedProperties;
import dev.latchkey.http.AcceptedTypes;
import dev.latchkey.http.Handover;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.http.Representations;
import dev.latchkey.http.RowStreams;
import dev.latchkey.session.SessionEnds;
import dev.latchkey.signal.Departure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The account's log: live for whoever asks for an event stream, in pages for everybody
 * else.
 */
@Configuration(proxyBeanMethods = false)
class FeedRoutes {

	private static final String EVENTS = "/api/v1/accounts/{account}/events";

	private static final Representations OFFERED = Representations.of(MediaType.APPLICATION_JSON,
			MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON, Representations.CSV);

	@Bean
	RouterFunction<ServerResponse> eventRoutes(Feed feed, EventLog log, FeedAudience audience, SessionEnds ends,
			Departure departure, FeedProperties properties, RowStreams rows) {
		EventStreamHandler stream = new EventStreamHandler(feed, audience, ends, departure, properties);
		EventPageHandler pages = new EventPageHandler(feed, log, audience);
		EventRowsHandler whole = new EventRowsHandler(feed, log, audience, ends, rows);
		return RouterFunctions.route()
			.GET(EVENTS, OFFERED.preferring(MediaType.TEXT_EVENT_STREAM), stream::stream)
			.GET(EVENTS, OFFERED.preferring(MediaType.APPLICATION_NDJSON), whole::ndjson)
			.GET(EVENTS, OFFERED.preferring(Representations.CSV), whole::csv)
			.GET(EVENTS, pages::page)
			.filter(Handover.ofAnswers())
			.filter(AcceptedTypes.jsonOr(Map.of("GET " + EVENTS, OFFERED)))
			.filter(QueryParameters.only(Map.of(EVENTS, Set.of("after", "limit", "cursor", "type"))))
			.build();
	}

}
