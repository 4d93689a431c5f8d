package dev.latchkey.invitation.web;

import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.http.ClientAddress;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.invitation.Acceptance;
import dev.latchkey.invitation.InviteeLanguage;
import dev.latchkey.invitation.Membership;
import dev.latchkey.invitation.NewUserAcceptance;
import dev.latchkey.invitation.NewUserAcceptance.NewMember;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.Sessions.OpenedSession;
import dev.latchkey.session.web.SessionResponses;
import dev.latchkey.session.web.SessionResponses.SessionResponse;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Accepts invitations over HTTP: as the signed-in user, or with a name and a password as
 * a new user. The response to a new user contains a session.
 */
class AcceptanceHandler {

	private final Acceptance acceptance;

	private final NewUserAcceptance newUserAcceptance;

	private final BiFunction<User, String, Mono<OpenedSession>> signIn;

	private final Function<Caller, Mono<OpenedSession>> replace;

	private final SessionResponses responses;

	private final InviteeLanguage language;

	/**
	 * Creates the handler.
	 * @param signIn opens a session for a new user at a client address
	 * @param replace opens a new session for a caller and ends the present one
	 */
	AcceptanceHandler(Acceptance acceptance, NewUserAcceptance newUserAcceptance,
			BiFunction<User, String, Mono<OpenedSession>> signIn, Function<Caller, Mono<OpenedSession>> replace,
			SessionResponses responses, InviteeLanguage language) {
		this.acceptance = acceptance;
		this.newUserAcceptance = newUserAcceptance;
		this.signIn = signIn;
		this.replace = replace;
		this.responses = responses;
		this.language = language;
	}

	Mono<ServerResponse> accept(ServerRequest request) {
		return RequestBodies.read(request, AcceptRequest.class)
			.flatMap((body) -> this.language.translateProblems(body.token(),
					() -> body.isNewUser() ? acceptAsNewUser(request, body) : acceptAsCaller(request, body)));
	}

	/**
	 * If the caller's permissions have changed, a cookie session is replaced by a new
	 * one. A session with a bearer token does not change.
	 */
	private Mono<ServerResponse> acceptAsCaller(ServerRequest request, AcceptRequest body) {
		String token = RequestBodies.requireField("token", body.token());
		return CurrentCaller.current()
			.flatMap((caller) -> this.acceptance.accept(token, caller)
				.flatMap((result) -> (this.responses.isCookieSession(request) && !result.replayed())
						? this.replace.apply(caller).flatMap((session) -> render(result.value(), null, session, true))
						: ServerResponse.ok().bodyValue(AcceptResponse.of(result.value(), null))));
	}

	private Mono<ServerResponse> acceptAsNewUser(ServerRequest request, AcceptRequest body) {
		Mono<NewMember> accepted = this.newUserAcceptance.accept(RequestBodies.requireField("token", body.token()),
				RequestBodies.requireField("name", body.name()),
				RequestBodies.requireField("password", body.password()), ClientAddress.of(request));
		return accepted.flatMap((member) -> this.signIn.apply(member.user(), ClientAddress.of(request))
			.flatMap((session) -> render(member, session, body.asCookie())));
	}

	private Mono<ServerResponse> render(NewMember member, OpenedSession session, boolean asCookie) {
		SessionResponse opened = this.responses.body(member.user(), session, asCookie);
		return render(member.membership(), opened, session, asCookie);
	}

	private Mono<ServerResponse> render(Membership membership, @Nullable SessionResponse opened, OpenedSession session,
			boolean asCookie) {
		return this.responses.withSession(ServerResponse.ok(), session, asCookie)
			.bodyValue(AcceptResponse.of(membership, opened));
	}

	record AcceptRequest(@Nullable String token, @Nullable String name, @Nullable String password,
			@Nullable Boolean cookie) {

		boolean isNewUser() {
			return this.name != null || this.password != null;
		}

		boolean asCookie() {
			return Boolean.TRUE.equals(this.cookie);
		}

		@Override
		public String toString() {
			return "AcceptRequest";
		}

	}

	/**
	 * The membership.
	 *
	 * @param session the session of the new user, null if the caller had a login
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record AcceptResponse(UUID accountId, UUID invitationId, List<String> permissions,
			@Nullable SessionResponse session) {

		static AcceptResponse of(Membership membership, @Nullable SessionResponse session) {
			return new AcceptResponse(membership.account().value(), membership.invitation().value(),
					membership.permissions().keys(), session);
		}

	}

}
