package dev.latchkey.invitation.web;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.http.ListStreams;
import dev.latchkey.http.ListStreams.Rows;
import dev.latchkey.http.MediaTypes;
import dev.latchkey.http.PagedRows;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.http.SearchText;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationQueries;
import dev.latchkey.invitation.InvitationQueries.InvitationList;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.SessionEndings;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Streams the whole list of an account's invitations as NDJSON or CSV.
 */
class InvitationListHandler {

	private static final List<String> COLUMNS = List.of("id", "email", "permissions", "status", "delivery", "sendCount",
			"locale", "createdAt", "issuedAt", "expiresAt", "endedAt", "declineReason");

	private final InvitationQueries queries;

	private final SessionEndings endings;

	private final ListStreams streams;

	InvitationListHandler(InvitationQueries queries, SessionEndings endings, ListStreams streams) {
		this.queries = queries;
		this.endings = endings;
		this.streams = streams;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		return rows(request, MediaType.APPLICATION_NDJSON)
			.flatMap((rows) -> this.streams.ndjson(rows, InvitationResponse::of));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		return rows(request, MediaTypes.CSV)
			.flatMap((rows) -> this.streams.csv(rows, "invitations.csv", COLUMNS, InvitationListHandler::cells));
	}

	private Mono<Rows<Invitation>> rows(ServerRequest request, MediaType type) {
		AccountId account = PathVariables.accountId(request);
		InvitationStatus status = InvitationHandler.status(request);
		String query = SearchText.of(request);
		QueryFilter.refuseInStream(request, type, "limit", "cursor");
		return CurrentCaller.current().flatMap((caller) -> rows(account, caller, status, query));
	}

	private Mono<Rows<Invitation>> rows(AccountId account, Caller caller, @Nullable InvitationStatus status,
			@Nullable String query) {
		return this.queries.list(account, caller.user(), status, query, PagedRows.first())
			.map((first) -> new Rows<>(first.position().toString(),
					PagedRows
						.of(first.page(),
								(page) -> this.queries.list(account, caller.user(), status, query, page)
									.map(InvitationList::page))
						.takeUntilOther(this.endings.failAtEnd(caller))));
	}

	private static List<@Nullable Object> cells(Invitation invitation) {
		return Arrays.asList(invitation.id(), invitation.email(), String.join(" ", invitation.permissions().keys()),
				invitation.status().wireName(), invitation.delivery().wireName(), invitation.sendCount(),
				invitation.locale().toLanguageTag(), invitation.createdAt(), invitation.issuedAt(),
				invitation.expiresAt(), invitation.endedAt(), invitation.declineReason());
	}

}
