package dev.latchkey.feed.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedAccess;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.feed.FeedProperties;
import dev.latchkey.feed.SseFrame;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.http.StreamingResponses;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shutdown.ShutdownSignal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Streams the log as server-sent events. An error after the first frame ends the stream;
 * the client reconnects with the id of the last event that it has seen.
 */
class EventStreamHandler {

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final long MIN_RECONNECT_MILLIS = 100;

	private static final long MAX_RECONNECT_MILLIS = 1000;

	private final Feed feed;

	private final FeedAccess feedAccess;

	private final SessionEndings endings;

	private final ShutdownSignal shutdown;

	private final FeedProperties properties;

	EventStreamHandler(Feed feed, FeedAccess feedAccess, SessionEndings endings, ShutdownSignal shutdown,
			FeedProperties properties) {
		this.feed = feed;
		this.feedAccess = feedAccess;
		this.endings = endings;
		this.shutdown = shutdown;
		this.properties = properties;
	}

	Mono<ServerResponse> stream(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		QueryFilter.refuseInStream(request, MediaType.TEXT_EVENT_STREAM, "limit", "cursor", "type");
		Optional<FeedPosition> after = cursor(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.feedAccess.requireReader(account, caller.user()).thenReturn(caller))
			.flatMap((caller) -> StreamingResponses.write(StreamingResponses.ok(MediaType.TEXT_EVENT_STREAM),
					frames(account, caller, after).map(SseFrame::bytes)));
	}

	/**
	 * The frames of a stream, from its first to its last.
	 */
	Flux<SseFrame> frames(AccountId account, Caller caller, Optional<FeedPosition> after) {
		Sinks.Empty<Void> ended = Sinks.empty();
		Flux<SseFrame> events = this.feed.watch(account, caller.user(), after, this.shutdown.nextCloseSlot())
			.doFinally((signal) -> ended.tryEmitEmpty());
		Flux<SseFrame> heartbeats = Flux.interval(this.properties.heartbeatInterval())
			.onBackpressureDrop()
			.map((tick) -> SseFrame.HEARTBEAT)
			.takeUntilOther(ended.asMono());
		return Flux.merge(1, Flux.just(SseFrame.retry(this.properties.reconnectDelay())).concatWith(events), heartbeats)
			.takeUntilOther(endOfAccess(caller))
			.concatWith(Mono.defer(this::reconnectHint));
	}

	/**
	 * The last frame of a stream if this replica shuts down.
	 */
	private Mono<SseFrame> reconnectHint() {
		return this.shutdown.isClosing() ? Mono.just(SseFrame.reconnect(randomDelay())) : Mono.empty();
	}

	/**
	 * Signals when the session ends or expires, or when the stream reaches its maximum
	 * age, whichever is first.
	 */
	private Mono<?> endOfAccess(Caller caller) {
		return Mono.firstWithSignal(this.endings.awaitEnd(caller.session()),
				Mono.delay(jittered(this.properties.maxStreamAge())), Mono.delay(caller.remaining()));
	}

	/**
	 * The position to resume from. A cursor that cannot be parsed leads to a reset, like
	 * every other cursor from which the log cannot be continued.
	 */
	private static Optional<FeedPosition> cursor(ServerRequest request) {
		return Optional.ofNullable(request.headers().firstHeader(LAST_EVENT_ID))
			.filter((id) -> !id.isEmpty())
			.or(() -> request.queryParam("after"))
			.map((text) -> FeedPosition.of(text).orElse(FeedPosition.UNREADABLE));
	}

	private static Duration randomDelay() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(MIN_RECONNECT_MILLIS, MAX_RECONNECT_MILLIS));
	}

	/**
	 * Varied by up to a tenth, so that streams opened together do not all end together.
	 */
	private static Duration jittered(Duration duration) {
		return duration.plusMillis((long) (duration.toMillis() * ThreadLocalRandom.current().nextDouble(-0.1, 0.1)));
	}

}
