package dev.latchkey.account.web;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.account.Member;
import dev.latchkey.account.MemberLists;
import dev.latchkey.account.MemberLists.MemberList;
import dev.latchkey.account.web.MemberHandler.MemberResponse;
import dev.latchkey.http.QueryParameters;
import dev.latchkey.http.RowStreams;
import dev.latchkey.http.RowStreams.Rows;
import dev.latchkey.http.SearchText;
import dev.latchkey.http.WholeList;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Callers;
import dev.latchkey.session.SessionEnds;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The whole list of members, streamed.
 */
class MemberStreamHandler {

	private static final List<String> COLUMNS = List.of("userId", "name", "email", "owner", "permissions", "joinedAt");

	private final MemberLists lists;

	private final SessionEnds ends;

	private final RowStreams streams;

	MemberStreamHandler(MemberLists lists, SessionEnds ends, RowStreams streams) {
		this.lists = lists;
		this.ends = ends;
		this.streams = streams;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		return rows(request).flatMap((rows) -> this.streams.ndjson(rows, MemberResponse::of));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		return rows(request)
			.flatMap((rows) -> this.streams.csv(rows, "members.csv", COLUMNS, MemberStreamHandler::cells));
	}

	private Mono<Rows<Member>> rows(ServerRequest request) {
		AccountId account = AccountHandler.account(request);
		String query = SearchText.of(request);
		QueryParameters.refuse(request, "limit", "cursor");
		return Callers.current().flatMap((caller) -> rows(account, caller, query));
	}

	private Mono<Rows<Member>> rows(AccountId account, Caller caller, @Nullable String query) {
		return this.lists.list(account, caller.user(), query, WholeList.first())
			.map((first) -> new Rows<>(first.position().toString(),
					WholeList
						.of(first.page(),
								(page) -> this.lists.list(account, caller.user(), query, page).map(MemberList::page))
						.takeUntilOther(this.ends.cutting(caller))));
	}

	private static List<@Nullable Object> cells(Member member) {
		return Arrays.asList(member.userId(), member.name(), member.email(), member.owner(),
				String.join(" ", member.held().keys()), member.joinedAt());
	}

}
