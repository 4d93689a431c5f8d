package dev.latchkey.invitation.web;

import java.util.Arrays;
import java.util.List;

import dev.latchkey.http.QueryParameters;
import dev.latchkey.http.RowStreams;
import dev.latchkey.http.RowStreams.Rows;
import dev.latchkey.http.SearchText;
import dev.latchkey.http.WholeList;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationLists;
import dev.latchkey.invitation.InvitationLists.InvitationList;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.session.Caller;
import dev.latchkey.session.Callers;
import dev.latchkey.session.SessionEnds;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The whole list of invitations, streamed.
 */
class InvitationStreamHandler {

	private static final List<String> COLUMNS = List.of("id", "email", "permissions", "status", "delivery", "sendCount",
			"locale", "createdAt", "issuedAt", "expiresAt", "endedAt", "declineReason");

	private final InvitationLists lists;

	private final SessionEnds ends;

	private final RowStreams streams;

	InvitationStreamHandler(InvitationLists lists, SessionEnds ends, RowStreams streams) {
		this.lists = lists;
		this.ends = ends;
		this.streams = streams;
	}

	Mono<ServerResponse> ndjson(ServerRequest request) {
		return rows(request).flatMap((rows) -> this.streams.ndjson(rows, InvitationResponse::of));
	}

	Mono<ServerResponse> csv(ServerRequest request) {
		return rows(request)
			.flatMap((rows) -> this.streams.csv(rows, "invitations.csv", COLUMNS, InvitationStreamHandler::cells));
	}

	private Mono<Rows<Invitation>> rows(ServerRequest request) {
		AccountId account = InvitationHandler.account(request);
		InvitationStatus status = InvitationHandler.status(request);
		String query = SearchText.of(request);
		QueryParameters.refuse(request, "limit", "cursor");
		return Callers.current().flatMap((caller) -> rows(account, caller, status, query));
	}

	private Mono<Rows<Invitation>> rows(AccountId account, Caller caller, @Nullable InvitationStatus status,
			@Nullable String query) {
		return this.lists.list(account, caller.user(), status, query, WholeList.first())
			.map((first) -> new Rows<>(first.position().toString(),
					WholeList
						.of(first.page(),
								(page) -> this.lists.list(account, caller.user(), status, query, page)
									.map(InvitationList::page))
						.takeUntilOther(this.ends.cutting(caller))));
	}

	private static List<@Nullable Object> cells(Invitation invitation) {
		return Arrays.asList(invitation.id(), invitation.email(), String.join(" ", invitation.permissions().keys()),
				invitation.status().wireName(), invitation.delivery().wireName(), invitation.sendCount(),
				invitation.locale().toLanguageTag(), invitation.createdAt(), invitation.issuedAt(),
				invitation.expiresAt(), invitation.endedAt(), invitation.declineReason());
	}

}
