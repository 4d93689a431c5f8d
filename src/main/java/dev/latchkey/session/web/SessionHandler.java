package dev.latchkey.session.web;

import dev.latchkey.http.ClientAddress;
import dev.latchkey.http.RequestBodies;
import dev.latchkey.session.Caller;
import dev.latchkey.session.CurrentCaller;
import dev.latchkey.session.Sessions;
import dev.latchkey.session.SignIn;
import dev.latchkey.session.web.SessionResponses.SessionResponse;
import dev.latchkey.session.web.SessionResponses.UserResponse;
import dev.latchkey.shared.EmailAddress;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Sign-in and sign-out over HTTP.
 */
class SessionHandler {

	private final SignIn signIn;

	private final Sessions sessions;

	private final SessionResponses responses;

	private final SessionCookie cookie;

	SessionHandler(SignIn signIn, Sessions sessions, SessionResponses responses, SessionCookie cookie) {
		this.signIn = signIn;
		this.sessions = sessions;
		this.responses = responses;
		this.cookie = cookie;
	}

	Mono<ServerResponse> signIn(ServerRequest request) {
		return RequestBodies.read(request, SignInRequest.class)
			.flatMap((body) -> this.signIn
				.signIn(EmailAddress.of(RequestBodies.requireField("email", body.email())),
						RequestBodies.requireField("password", body.password()), ClientAddress.of(request))
				.flatMap((signedIn) -> created(signedIn, body.asCookie())));
	}

	Mono<ServerResponse> find(ServerRequest request) {
		return CurrentCaller.current().flatMap((caller) -> ServerResponse.ok().bodyValue(response(caller)));
	}

	Mono<ServerResponse> signOut(ServerRequest request) {
		return CurrentCaller.current()
			.flatMap((caller) -> this.sessions.end(caller))
			.then(Mono.defer(() -> ServerResponse.noContent().cookie(this.cookie.deletion()).build()));
	}

	private Mono<ServerResponse> created(SignIn.SignedIn signedIn, boolean asCookie) {
		return this.responses.withSession(ServerResponse.status(HttpStatus.CREATED), signedIn.session(), asCookie)
			.bodyValue(this.responses.body(signedIn.user(), signedIn.session(), asCookie));
	}

	private static SessionResponse response(Caller caller) {
		return new SessionResponse(null, caller.expiresAt(),
				new UserResponse(caller.user().value(), caller.email().value(), caller.name()));
	}

	record SignInRequest(@Nullable String email, @Nullable String password, @Nullable Boolean cookie) {

		boolean asCookie() {
			return Boolean.TRUE.equals(this.cookie);
		}

		@Override
		public String toString() {
			return "SignInRequest";
		}

	}

}
