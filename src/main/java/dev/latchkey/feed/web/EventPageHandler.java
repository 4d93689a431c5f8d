package dev.latchkey.feed.web;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.feed.AccountEvent;
import dev.latchkey.feed.EventLog;
import dev.latchkey.feed.EventType;
import dev.latchkey.feed.Feed;
import dev.latchkey.feed.FeedAccess;
import dev.latchkey.feed.FeedPosition;
import dev.latchkey.http.PageLinks;
import dev.latchkey.http.PageRequests;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Returns the log in pages: newest first as an audit trail, or oldest first after a
 * position, for a program that reads what it has missed.
 */
class EventPageHandler {

	private final Feed feed;

	private final EventLog log;

	private final FeedAccess feedAccess;

	EventPageHandler(Feed feed, EventLog log, FeedAccess feedAccess) {
		this.feed = feed;
		this.log = log;
		this.feedAccess = feedAccess;
	}

	Mono<ServerResponse> page(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		Page.Request pageRequest = PageRequests.of(request);
		EventType type = type(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.feedAccess.requireReader(account, caller.user()))
			.then(after(request, this.feed.head(account)))
			.flatMap((after) -> after.map((from) -> oldestFirst(request, account, from, pageRequest))
				.orElseGet(() -> newestFirst(request, account, pageRequest, type)));
	}

	/**
	 * The position after which the client wants the log, oldest first.
	 * @param head the position of the newest event
	 * @return the position, empty for newest first, or {@link ProblemCode#INVALID_CURSOR}
	 * for a text that is not a position of this log, or one after its newest event
	 */
	static Mono<Optional<FeedPosition>> after(ServerRequest request, Mono<FeedPosition> head) {
		Optional<String> text = request.queryParam("after");
		if (text.isEmpty()) {
			return Mono.just(Optional.empty());
		}
		QueryFilter.refuseCombination(request, "after", "type", "cursor");
		return Mono.justOrEmpty(FeedPosition.of(text.get()))
			.filterWhen((from) -> head.map(from::isUpTo))
			.map(Optional::of)
			.switchIfEmpty(Mono.error(() -> DomainException.of(ProblemCode.INVALID_CURSOR).with("field", "after")));
	}

	private Mono<ServerResponse> newestFirst(ServerRequest request, AccountId account, Page.Request pageRequest,
			@Nullable EventType type) {
		Long cursor = pageRequest.cursor();
		Flux<AccountEvent> events = this.log.before(account, (cursor != null) ? cursor : Long.MAX_VALUE, type,
				pageRequest.limit() + 1);
		return events.collectList()
			.map((rows) -> Page.of(rows, pageRequest, AccountEvent::seq))
			.flatMap((page) -> oldestOnLastPage(account, page).flatMap((oldest) -> ServerResponse.ok()
				.headers(PageLinks.of(request, page.next()))
				.bodyValue(new Events(page.items(), page.next(), null, oldest.orElse(null)))));
	}

	/**
	 * The number of the oldest stored event, if this is the last page.
	 */
	private Mono<Optional<Long>> oldestOnLastPage(AccountId account, Page<AccountEvent> page) {
		return (page.next() != null) ? Mono.just(Optional.empty())
				: this.log.oldest(account).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private Mono<ServerResponse> oldestFirst(ServerRequest request, AccountId account, FeedPosition from,
			Page.Request pageRequest) {
		return this.log.resumeAfter(account, from.seq(), pageRequest.limit() + 1)
			.map((rows) -> Page.of(rows, pageRequest, AccountEvent::seq))
			.flatMap((page) -> oldestFirst(request, from, page));
	}

	private static Mono<ServerResponse> oldestFirst(ServerRequest request, FeedPosition from, Page<AccountEvent> page) {
		List<AccountEvent> rows = page.items();
		long last = rows.isEmpty() ? from.seq() : rows.get(rows.size() - 1).seq();
		String position = new FeedPosition(from.epoch(), last).toString();
		String first = new FeedPosition(from.epoch(), 0).toString();
		return ServerResponse.ok()
			.headers(PageLinks.of(request, "after", first, (page.next() != null) ? position : null))
			.bodyValue(new Events(rows, null, position, null));
	}

	/**
	 * The type that the client filters by, or null for all types.
	 */
	static @Nullable EventType type(ServerRequest request) {
		return request.queryParam("type")
			.map((name) -> EventType.of(name)
				.orElseThrow(() -> DomainException.malformed(DetailMessage.EVENT_TYPE_UNKNOWN).with("field", "type")))
			.orElse(null);
	}

	/**
	 * A page of events.
	 *
	 * @param next the cursor of the next page, newest first
	 * @param position the position after the page, to continue from, oldest first
	 * @param oldest the number of the oldest stored event, on the last page, newest first
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Events(List<AccountEvent> items, @Nullable String next, @Nullable String position, @Nullable Long oldest) {

	}

}
