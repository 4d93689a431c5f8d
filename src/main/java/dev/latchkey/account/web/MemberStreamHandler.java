package dev.latchkey.account.web;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import dev.latchkey.account.Member;
import dev.latchkey.account.MemberQueries;
import dev.latchkey.account.MemberQueries.MemberList;
import dev.latchkey.account.web.MemberHandler.MemberResponse;
import dev.latchkey.http.ListStreams;
import dev.latchkey.http.ListStreams.Rows;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.http.PagedRows;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.http.SearchText;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Streams the complete list of members as NDJSON or CSV.
 */
class MemberStreamHandler {

	private static final List<String> COLUMNS = List.of("userId", "name", "email", "owner", "permissions", "joinedAt");

	private final MemberQueries queries;

	private final Function<Caller, Mono<Object>> failAtEndOfSession;

	private final ListStreams streams;

	/**
	 * Creates a handler.
	 * @param failAtEndOfSession never completes and fails when the session of the caller
	 * ends
	 */
	MemberStreamHandler(MemberQueries queries, Function<Caller, Mono<Object>> failAtEndOfSession, ListStreams streams) {
		this.queries = queries;
		this.failAtEndOfSession = failAtEndOfSession;
		this.streams = streams;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		return rows(request, MediaType.APPLICATION_NDJSON)
			.flatMap((rows) -> this.streams.ndjson(rows, MemberResponse::of));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		return rows(request, MediaTypes.CSV)
			.flatMap((rows) -> this.streams.csv(rows, "members.csv", COLUMNS, MemberStreamHandler::cells));
	}

	private Mono<Rows<Member>> rows(ServerRequest request, MediaType type) {
		AccountId account = PathVariables.accountId(request);
		String query = SearchText.of(request);
		QueryFilter.refuseInStream(request, type, "limit", "cursor");
		return CurrentCaller.current().flatMap((caller) -> rows(account, caller, query));
	}

	private Mono<Rows<Member>> rows(AccountId account, Caller caller, @Nullable String query) {
		return this.queries.list(account, caller.user(), query, PagedRows.first())
			.map((first) -> new Rows<>(first.position().toString(),
					PagedRows
						.of(first.page(),
								(page) -> this.queries.list(account, caller.user(), query, page).map(MemberList::page))
						.takeUntilOther(this.failAtEndOfSession.apply(caller))));
	}

	private static List<@Nullable Object> cells(Member member) {
		return Arrays.asList(member.user().value(), member.name(), member.email(), member.isOwner(),
				String.join(" ", member.permissions().keys()), member.joinedAt());
	}

}
