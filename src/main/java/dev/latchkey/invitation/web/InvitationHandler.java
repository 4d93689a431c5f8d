package dev.latchkey.invitation.web;

import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.command.CommandResult;
import dev.latchkey.http.EntityTags;
import dev.latchkey.http.IdempotencyHeader;
import dev.latchkey.http.Locations;
import dev.latchkey.http.PageLinks;
import dev.latchkey.http.PageRequests;
import dev.latchkey.http.PathVariables;
import dev.latchkey.http.QueryFilter;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.http.SearchText;
import dev.latchkey.invitation.EnteredInvitation;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationQueries;
import dev.latchkey.invitation.InvitationQueries.Counts;
import dev.latchkey.invitation.InvitationQueries.InvitationList;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.language.Languages;
import dev.latchkey.permission.web.PermissionsRequest;
import dev.latchkey.permission.web.PermissionsResponse;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ValidityDays;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The owner's commands on invitations and their list over HTTP.
 */
class InvitationHandler {

	private final Invitations invitations;

	private final InvitationQueries queries;

	private final Languages languages;

	InvitationHandler(Invitations invitations, InvitationQueries queries, Languages languages) {
		this.invitations = invitations;
		this.queries = queries;
		this.languages = languages;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		QueryFilter.refuseCombination(request, HttpHeaders.CONTENT_TYPE + ": " + MediaType.APPLICATION_JSON,
				BulkHandler.DRY_RUN);
		AccountId account = PathVariables.accountId(request);
		return CurrentCaller
			.with(RequestBodies.read(request, CreateRequest.class),
					(caller, body) -> this.invitations.create(account, caller.user(), body.toInvitation(this.languages),
							IdempotencyHeader.of(request, "create invitation", body)))
			.flatMap((done) -> renderCreated(request, done));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		Page.Request page = PageRequests.of(request);
		InvitationStatus status = status(request);
		String query = SearchText.of(request);
		return CurrentCaller.current()
			.flatMap((caller) -> this.queries.list(account, caller.user(), status, query, page))
			.flatMap((list) -> ServerResponse.ok()
				.headers(PageLinks.of(request, list.page().next()))
				.bodyValue(ListResponse.of(list)));
	}

	Mono<ServerResponse> permissions(ServerRequest request) {
		return CurrentCaller.current()
			.flatMap((caller) -> this.invitations.find(PathVariables.accountId(request), caller.user(),
					PathVariables.invitationId(request)))
			.flatMap(InvitationHandler::renderPermissions);
	}

	Mono<ServerResponse> editPermissions(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		InvitationId id = PathVariables.invitationId(request);
		int version = EntityTags.ifMatch(request);
		return CurrentCaller
			.with(RequestBodies.read(request, PermissionsRequest.class),
					(caller, body) -> this.invitations.editPermissions(account, caller.user(), id, body.toSet(),
							version))
			.flatMap(InvitationHandler::renderPermissions);
	}

	Mono<ServerResponse> resend(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		InvitationId id = PathVariables.invitationId(request);
		return RequestBodies.requireEmpty(request)
			.then(CurrentCaller.current())
			.flatMap((caller) -> this.invitations.resend(account, caller.user(), id,
					IdempotencyHeader.of(request, "resend invitation", id)))
			.flatMap(InvitationHandler::render);
	}

	Mono<ServerResponse> revoke(ServerRequest request) {
		AccountId account = PathVariables.accountId(request);
		InvitationId id = PathVariables.invitationId(request);
		return RequestBodies.requireEmpty(request)
			.then(CurrentCaller.current())
			.flatMap((caller) -> this.invitations.revoke(account, caller.user(), id,
					IdempotencyHeader.of(request, "revoke invitation", id)))
			.flatMap(InvitationHandler::render);
	}

	static @Nullable InvitationStatus status(ServerRequest request) {
		return request.queryParam("status")
			.map((text) -> InvitationStatus.of(text)
				.orElseThrow(() -> DomainException.malformed(DetailMessage.STATUS_UNKNOWN).with("field", "status")))
			.orElse(null);
	}

	private static Mono<ServerResponse> renderCreated(ServerRequest request, CommandResult<Invitation> result) {
		return ServerResponse.created(Locations.below(request, result.value().id()))
			.eTag(EntityTags.etag(result.value().version()))
			.headers(IdempotencyHeader.mark(result.replayed()))
			.bodyValue(InvitationResponse.of(result.value()));
	}

	private static Mono<ServerResponse> render(CommandResult<Invitation> result) {
		return ServerResponse.ok()
			.eTag(EntityTags.etag(result.value().version()))
			.headers(IdempotencyHeader.mark(result.replayed()))
			.bodyValue(InvitationResponse.of(result.value()));
	}

	private static Mono<ServerResponse> renderPermissions(Invitation invitation) {
		return ServerResponse.ok()
			.eTag(EntityTags.etag(invitation.version()))
			.bodyValue(PermissionsResponse.of(invitation.permissions(), invitation.version()));
	}

	record CreateRequest(@Nullable String email, @Nullable List<@Nullable String> permissions, @Nullable String locale,
			@Nullable Integer expiresInDays) {

		NewInvitation toInvitation(Languages languages) {
			return new NewInvitation(EmailAddress.of(RequestBodies.requireField("email", this.email)),
					PermissionsRequest.toSet(this.permissions), languages.parseTag(this.locale),
					ValidityDays.of(this.expiresInDays));
		}

		EnteredInvitation entered() {
			List<String> keys = (this.permissions != null)
					? this.permissions.stream().flatMap(Stream::ofNullable).toList() : List.of();
			return new EnteredInvitation(this.email, keys, this.locale, this.expiresInDays);
		}

	}

	record ListResponse(List<InvitationResponse> items, @Nullable String next, Counts counts, String position) {

		static ListResponse of(InvitationList list) {
			Page<InvitationResponse> page = list.page().map(InvitationResponse::of);
			return new ListResponse(page.items(), page.next(), list.counts(), list.position().toString());
		}

	}

}
