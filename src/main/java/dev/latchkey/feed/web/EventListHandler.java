package dev.latchkey.feed.web;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.latchkey.feed.AccountEvent;
import dev.latchkey.feed.EventLog;
import dev.latchkey.feed.EventType;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedAccess;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.http.ListStreams;
import dev.latchkey.http.ListStreams.Rows;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.http.PagedRows;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Streams the log up to its current end as rows: newest first, or oldest first after a
 * position.
 */
class EventListHandler {

	private static final List<String> COLUMNS = List.of("seq", "at", "type", "actor", "actorName", "invitationId",
			"invitationEmail", "userId", "userName", "userEmail", "permissions", "previous", "sendCount",
			"declineReason");

	private final Feed feed;

	private final EventLog log;

	private final FeedAccess feedAccess;

	private final SessionEndings endings;

	private final ListStreams streams;

	EventListHandler(Feed feed, EventLog log, FeedAccess feedAccess, SessionEndings endings, ListStreams streams) {
		this.feed = feed;
		this.log = log;
		this.feedAccess = feedAccess;
		this.endings = endings;
		this.streams = streams;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		return rows(request, MediaType.APPLICATION_NDJSON)
			.flatMap((rows) -> this.streams.ndjson(rows, (event) -> event));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		return rows(request, MediaTypes.CSV)
			.flatMap((rows) -> this.streams.csv(rows, "events.csv", COLUMNS, EventListHandler::cells));
	}

	private Mono<Rows<AccountEvent>> rows(ServerRequest request, MediaType mediaType) {
		AccountId account = PathVariables.accountId(request);
		EventType type = EventPageHandler.type(request);
		QueryFilter.refuseInStream(request, mediaType, "limit", "cursor");
		return CurrentCaller.current()
			.flatMap((caller) -> this.feedAccess.requireReader(account, caller.user())
				.then(this.feed.head(account))
				.flatMap((head) -> EventPageHandler.after(request, Mono.just(head))
					.flatMap((after) -> rows(account, caller, type, after, head))));
	}

	private Mono<Rows<AccountEvent>> rows(AccountId account, Caller caller, @Nullable EventType type,
			Optional<FeedPosition> after, FeedPosition head) {
		PageReader reader = after.<PageReader>map((from) -> (page) -> oldestFirst(account, from, head, page))
			.orElse((page) -> newestFirst(account, type, head, page));
		return reader.read(PagedRows.first())
			.map((first) -> new Rows<>(head.toString(),
					PagedRows.of(first, (page) -> readIfAllowed(account, caller, page, reader))
						.takeUntilOther(this.endings.failAtEnd(caller))));
	}

	private Mono<Page<AccountEvent>> readIfAllowed(AccountId account, Caller caller, Page.Request page,
			PageReader reader) {
		return this.feedAccess.requireReader(account, caller.user()).then(Mono.defer(() -> reader.read(page)));
	}

	private Mono<Page<AccountEvent>> newestFirst(AccountId account, @Nullable EventType type, FeedPosition head,
			Page.Request page) {
		Long cursor = page.cursor();
		return page(this.log.before(account, (cursor != null) ? cursor : head.seq() + 1, type, page.limit() + 1), page);
	}

	private Mono<Page<AccountEvent>> oldestFirst(AccountId account, FeedPosition from, FeedPosition head,
			Page.Request page) {
		Long cursor = page.cursor();
		return page(this.log.resumeAfter(account, (cursor != null) ? cursor : from.seq(), page.limit() + 1)
			.flatMapIterable((events) -> events)
			.takeWhile((event) -> event.seq() <= head.seq()), page);
	}

	private static Mono<Page<AccountEvent>> page(Flux<AccountEvent> events, Page.Request page) {
		return events.collectList().map((rows) -> Page.of(rows, page, AccountEvent::seq));
	}

	private static List<@Nullable Object> cells(AccountEvent event) {
		AccountEvent.InvitationRef invitation = event.invitation();
		AccountEvent.UserRef user = event.user();
		return Arrays.asList(event.seq(), event.at(), event.type(), event.actor().kind().wireName(),
				event.actor().name(), (invitation != null) ? invitation.id() : null,
				(invitation != null) ? invitation.email() : null, (user != null) ? user.id() : null,
				(user != null) ? user.name() : null, (user != null) ? user.email() : null, keys(event.permissions()),
				keys(event.previous()), event.sendCount(), (invitation != null) ? invitation.declineReason() : null);
	}

	private static @Nullable String keys(@Nullable List<String> permissions) {
		return (permissions != null) ? String.join(" ", permissions) : null;
	}

	/**
	 * Reads a page of the log in one direction.
	 */
	private interface PageReader {

		Mono<Page<AccountEvent>> read(Page.Request page);

	}

}
