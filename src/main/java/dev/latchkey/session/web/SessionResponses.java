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
 * Hands a new session to its holder in the one way that was asked for: as a cookie that
 * no script can read, or as a token in the answer, never both.
 */
public class SessionResponses {

	/** Nobody on the way compresses it, which could tell the token by and by (BREACH). */
	private static final String SECRET = "no-store, no-transform";

	private final SessionCookie cookie;

	private final Duration age;

	SessionResponses(SessionCookie cookie, Duration age) {
		this.cookie = cookie;
		this.age = age;
	}

	/**
	 * Adds the cookie to an answer, if the session was asked for as one.
	 */
	public ServerResponse.BodyBuilder deliver(ServerResponse.BodyBuilder answer, OpenedSession session,
			boolean asCookie) {
		if (asCookie) {
			answer.cookie(this.cookie.of(session.token(), this.age));
		}
		return answer.header(HttpHeaders.CACHE_CONTROL, SECRET);
	}

	/**
	 * Whether the caller is signed in by the cookie and not by a bearer token.
	 */
	public boolean isCookieSession(ServerRequest request) {
		return !request.headers().asHttpHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				&& this.cookie.isOn(request.exchange().getRequest());
	}

	/**
	 * The body that goes with it.
	 */
	public SessionResponse body(User user, OpenedSession session, boolean asCookie) {
		return new SessionResponse(asCookie ? null : session.token().text(), session.until(),
				new UserResponse(user.id(), user.email(), user.name()));
	}

	/**
	 * A session.
	 *
	 * @param token the bearer token, only in the answer that opens the session and only
	 * if no cookie was asked for
	 * @param expiresAt when it ends at the latest
	 */
	public record SessionResponse(@Nullable String token, Instant expiresAt, UserResponse user) {

		@Override
		public String toString() {
			return "SessionResponse";
		}

	}

	/**
	 * Who is signed in.
	 */
	public record UserResponse(UUID id, String email, String name) {

	}

}
