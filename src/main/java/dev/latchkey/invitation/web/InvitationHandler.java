package dev.latchkey.invitation.web;

import java.util.List;

import dev.latchkey.account.Receipts.Done;
import dev.latchkey.http.Bodies;
import dev.latchkey.http.Conditions;
import dev.latchkey.http.IdempotencyKey;
import dev.latchkey.http.Locations;
import dev.latchkey.http.Page;
import dev.latchkey.http.PageLinks;
import dev.latchkey.http.PathIds;
import dev.latchkey.http.SearchText;
import dev.latchkey.invitation.Invitation;
import dev.latchkey.invitation.InvitationLists;
import dev.latchkey.invitation.InvitationLists.Counts;
import dev.latchkey.invitation.InvitationLists.InvitationList;
import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.invitation.Invitations;
import dev.latchkey.invitation.NewInvitation;
import dev.latchkey.language.Languages;
import dev.latchkey.permission.web.PermissionsRequest;
import dev.latchkey.session.Callers;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.Detail;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.Validity;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The owner's commands and list over HTTP.
 */
class InvitationHandler {

	private final Invitations invitations;

	private final InvitationLists lists;

	private final Languages languages;

	InvitationHandler(Invitations invitations, InvitationLists lists, Languages languages) {
		this.invitations = invitations;
		this.lists = lists;
		this.languages = languages;
	}

	Mono<ServerResponse> create(ServerRequest request) {
		AccountId account = account(request);
		return Callers.current()
			.zipWith(Bodies.read(request, CreateRequest.class))
			.flatMap((asked) -> this.invitations.create(account, asked.getT1().user(),
					asked.getT2().toInvitation(this.languages),
					IdempotencyKey.of(request, "create invitation", asked.getT2())))
			.flatMap((done) -> created(request, done));
	}

	Mono<ServerResponse> list(ServerRequest request) {
		AccountId account = account(request);
		Page.Request page = Page.Request.of(request);
		InvitationStatus status = status(request);
		String query = SearchText.of(request);
		return Callers.current()
			.flatMap((caller) -> this.lists.list(account, caller.user(), status, query, page))
			.flatMap((list) -> ServerResponse.ok()
				.headers(PageLinks.of(request, list.page().next()))
				.bodyValue(ListResponse.of(list)));
	}

	Mono<ServerResponse> permissions(ServerRequest request) {
		return Callers.current()
			.flatMap((caller) -> this.invitations.find(account(request), caller.user(), invitation(request)))
			.flatMap(InvitationHandler::renderPermissions);
	}

	Mono<ServerResponse> editPermissions(ServerRequest request) {
		AccountId account = account(request);
		InvitationId id = invitation(request);
		int version = Conditions.ifMatch(request);
		return Callers.current()
			.zipWith(Bodies.read(request, PermissionsRequest.class).map(PermissionsRequest::toSet))
			.flatMap((asked) -> this.invitations.editPermissions(account, asked.getT1().user(), id, asked.getT2(),
					version))
			.flatMap(InvitationHandler::renderPermissions);
	}

	Mono<ServerResponse> resend(ServerRequest request) {
		AccountId account = account(request);
		InvitationId id = invitation(request);
		return Bodies.none(request)
			.then(Callers.current())
			.flatMap((caller) -> this.invitations.resend(account, caller.user(), id,
					IdempotencyKey.of(request, "resend invitation", id)))
			.flatMap(InvitationHandler::render);
	}

	Mono<ServerResponse> revoke(ServerRequest request) {
		AccountId account = account(request);
		InvitationId id = invitation(request);
		return Bodies.none(request)
			.then(Callers.current())
			.flatMap((caller) -> this.invitations.revoke(account, caller.user(), id,
					IdempotencyKey.of(request, "revoke invitation", id)))
			.flatMap(InvitationHandler::render);
	}

	static AccountId account(ServerRequest request) {
		return new AccountId(PathIds.uuid(request, "account"));
	}

	static InvitationId invitation(ServerRequest request) {
		return new InvitationId(PathIds.uuid(request, "invitation"));
	}

	static @Nullable InvitationStatus status(ServerRequest request) {
		return request.queryParam("status")
			.map((text) -> InvitationStatus.of(text)
				.orElseThrow(() -> DomainException.malformed(Detail.STATUS_UNKNOWN).with("field", "status")))
			.orElse(null);
	}

	private static Mono<ServerResponse> created(ServerRequest request, Done<Invitation> done) {
		return ServerResponse.created(Locations.below(request, done.result().id()))
			.eTag(Conditions.etag(done.result().version()))
			.headers(IdempotencyKey.mark(done.replayed()))
			.bodyValue(InvitationResponse.of(done.result()));
	}

	private static Mono<ServerResponse> render(Done<Invitation> done) {
		return ServerResponse.ok()
			.eTag(Conditions.etag(done.result().version()))
			.headers(IdempotencyKey.mark(done.replayed()))
			.bodyValue(InvitationResponse.of(done.result()));
	}

	private static Mono<ServerResponse> renderPermissions(Invitation invitation) {
		return ServerResponse.ok()
			.eTag(Conditions.etag(invitation.version()))
			.bodyValue(new PermissionsResponse(invitation.permissions().keys(), invitation.version()));
	}

	record CreateRequest(@Nullable String email, @Nullable List<@Nullable String> permissions, @Nullable String locale,
			@Nullable Integer expiresInDays) {

		NewInvitation toInvitation(Languages languages) {
			return new NewInvitation(EmailAddress.of(Bodies.required("email", this.email)),
					PermissionsRequest.toSet(this.permissions), languages.chosen(this.locale),
					Validity.of(this.expiresInDays));
		}

	}

	record PermissionsResponse(List<String> permissions, int permissionsVersion) {

	}

	record ListResponse(List<InvitationResponse> items, @Nullable String next, Counts counts, String position) {

		static ListResponse of(InvitationList list) {
			Page<InvitationResponse> page = list.page().map(InvitationResponse::of);
			return new ListResponse(page.items(), page.next(), list.counts(), list.position().toString());
		}

	}

}
