package dev.latchkey.session.web;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.session.Sessions.OpenedSession;
import dev.latchkey.user.User;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Adds a new session to a response: either as a cookie that scripts cannot read, or as a
 * token in the body, as the client requested. It is never both.
 */
public class SessionResponses {

	/**
	 * No proxy may compress the response, because compression can reveal the token
	 * (BREACH attack).
	 */
	private static final String CACHE_CONTROL = "no-store, no-transform";

	private final SessionCookie cookie;

	private final Duration cookieAge;

	SessionResponses(SessionCookie cookie, Duration cookieAge) {
		this.cookie = cookie;
		this.cookieAge = cookieAge;
	}

	/**
	 * Adds the headers for a new session, including the cookie if {@code asCookie}.
	 * @param asCookie whether the client requested the session as a cookie
	 */
	public ServerResponse.BodyBuilder withSession(ServerResponse.BodyBuilder response, OpenedSession session,
			boolean asCookie) {
		if (asCookie) {
			response.cookie(this.cookie.of(session.token(), this.cookieAge));
		}
		return response.header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
	}

	/**
	 * Whether the request is authenticated by the cookie and not by a bearer token.
	 */
	public boolean isCookieSession(ServerRequest request) {
		return !request.headers().asHttpHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				&& this.cookie.isPresent(request.exchange().getRequest());
	}

	/**
	 * The body for a new session. It contains the token unless {@code asCookie}.
	 */
	public SessionResponse body(User user, OpenedSession session, boolean asCookie) {
		return new SessionResponse(asCookie ? null : session.token().text(), session.expiresAt(),
				new UserResponse(user.userId().value(), user.email(), user.name()));
	}

	/**
	 * A session.
	 *
	 * @param token the bearer token; only in the response that opens the session, and
	 * only if the client did not request a cookie
	 * @param expiresAt when the session ends at the latest
	 */
	public record SessionResponse(@Nullable String token, Instant expiresAt, UserResponse user) {

		@Override
		public String toString() {
			return "SessionResponse";
		}

	}

	/**
	 * The signed-in user.
	 */
	public record UserResponse(UUID id, String email, String name) {

	}

}
