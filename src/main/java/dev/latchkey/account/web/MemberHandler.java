package dev.latchkey.account.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.account.Member;
import dev.latchkey.account.MemberQueries;
import dev.latchkey.account.MemberQueries.MemberList;
import dev.latchkey.account.Members;
import dev.latchkey.http.EntityTags;
import dev.latchkey.http.PageLinks;
import dev.latchkey.http.PageRequests;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.http.SearchText;
import dev.latchkey.permission.web.PermissionsRequest;
import dev.latchkey.permission.web.PermissionsResponse;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Members over HTTP.
 */
class MemberHandler {

	private final Members members;

	private final MemberQueries queries;

	private final AccountAccess accountAccess;

	MemberHandler(Members members, MemberQueries queries, AccountAccess accountAccess) {
		this.members = members;
		this.queries = queries;
		this.accountAccess = accountAccess;
	}

	Mono<ServerResponse> list(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		Page.Request page = PageRequests.of(request);
		String query = SearchText.of(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.queries.list(account, caller.user(), query, page))
			.flatMap((list) -> ServerResponse.ok()
				.headers(PageLinks.of(request, list.page().next()))
				.bodyValue(MemberListResponse.of(list)));
	}

	Mono<ServerResponse> findOwn(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.accountAccess.requireMember(account, caller.user()))
			.flatMap((member) -> render(request, member));
	}

	Mono<ServerResponse> leave(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.members.leave(account, caller.user()))
			.then(ServerResponse.noContent().build());
	}

	Mono<ServerResponse> find(ServerRequest request) {
		return member(request).flatMap((member) -> render(request, member));
	}

	Mono<ServerResponse> permissions(ServerRequest request) {
		return member(request).flatMap(MemberHandler::renderPermissions);
	}

	Mono<ServerResponse> editPermissions(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		UserId user = PathVariables.userId(request);
		int version = EntityTags.ifMatch(request);
		return CurrentCaller
			.with(RequestBodies.read(request, PermissionsRequest.class),
					(caller, body) -> this.members.editPermissions(account, caller.user(), user, body.toSet(), version))
			.flatMap(MemberHandler::renderPermissions);
	}

	Mono<ServerResponse> remove(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		UserId user = PathVariables.userId(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.members.remove(account, caller.user(), user))
			.then(ServerResponse.noContent().build());
	}

	private Mono<Member> member(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		UserId user = PathVariables.userId(request);
		return CurrentCaller.current().flatMap((caller) -> this.members.find(account, caller.user(), user));
	}

	private static Mono<ServerResponse> render(ServerRequest request, Member member) {
		EntityTags.setVersion(request, member.version());
		return ServerResponse.ok().bodyValue(MemberResponse.of(member));
	}

	private static Mono<ServerResponse> renderPermissions(Member member) {
		return ServerResponse.ok()
			.eTag(EntityTags.etag(member.version()))
			.bodyValue(PermissionsResponse.of(member.permissions(), member.version()));
	}

	record MemberListResponse(List<MemberResponse> items, @Nullable String next, int total, String position) {

		static MemberListResponse of(MemberList list) {
			Page<MemberResponse> page = list.page().map(MemberResponse::of);
			return new MemberListResponse(page.items(), page.next(), list.total(), list.position().toString());
		}

	}

	record MemberResponse(UUID userId, String name, String email, boolean owner, List<String> permissions,
			int permissionsVersion, Instant joinedAt) {

		static MemberResponse of(Member member) {
			return new MemberResponse(member.user().value(), member.name(), member.email(), member.isOwner(),
					member.permissions().keys(), member.version(), member.joinedAt());
		}

	}

}
