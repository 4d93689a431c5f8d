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
 * Streams the log as server-sent events. A fault after the first frame ends the stream;
 * the client comes back with the id of the last event it has seen.
 */
class EventStreamHandler {

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private static final long SHORTEST_WAIT = 100;

	private static final long LONGEST_WAIT = 1000;

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
		Optional<FeedPosition> after = cursor(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.feedAccess.admit(account, caller.user()).thenReturn(caller))
			.flatMap((caller) -> StreamingResponses.write(StreamingResponses.ok(MediaType.TEXT_EVENT_STREAM),
					live(account, caller, after).map(SseFrame::bytes)));
	}

	private Flux<SseFrame> live(AccountId account, Caller caller, Optional<FeedPosition> after) {
		Sinks.Empty<Void> over = Sinks.empty();
		Flux<SseFrame> events = this.feed.watch(account, caller.user(), after, this.shutdown.turn())
			.doFinally((signal) -> over.tryEmitEmpty());
		Flux<SseFrame> heartbeats = Flux.interval(this.properties.heartbeatInterval())
			.onBackpressureDrop()
			.map((tick) -> SseFrame.HEARTBEAT)
			.takeUntilOther(over.asMono());
		return Flux.merge(1, Flux.just(SseFrame.retry(this.properties.reconnectDelay())).concatWith(events), heartbeats)
			.takeUntilOther(ending(caller))
			.concatWith(Mono.defer(this::hint));
	}

	/**
	 * The last frame of a replica that goes away.
	 */
	private Mono<SseFrame> hint() {
		return this.shutdown.isUnderWay() ? Mono.just(SseFrame.reconnect(someWait())) : Mono.empty();
	}

	/**
	 * The first of the reasons to end a stream whose watcher has not gone away.
	 */
	private Mono<?> ending(Caller caller) {
		return Mono.firstWithSignal(this.endings.awaitEnd(caller.session()),
				Mono.delay(jittered(this.properties.maxStreamAge())), Mono.delay(caller.remaining()));
	}

	/**
	 * The place to resume from. A cursor that can't be read is one that can't be
	 * honoured, so it gets a reset like any other.
	 */
	private static Optional<FeedPosition> cursor(ServerRequest request) {
		return Optional.ofNullable(request.headers().firstHeader(LAST_EVENT_ID))
			.filter((id) -> !id.isEmpty())
			.or(() -> request.queryParam("after"))
			.map((text) -> FeedPosition.of(text).orElse(FeedPosition.UNREADABLE));
	}

	private static Duration someWait() {
		return Duration.ofMillis(ThreadLocalRandom.current().nextLong(SHORTEST_WAIT, LONGEST_WAIT));
	}

	private static Duration jittered(Duration longest) {
		return longest.plusMillis((long) (longest.toMillis() * ThreadLocalRandom.current().nextDouble(-0.1, 0.1)));
	}

}
