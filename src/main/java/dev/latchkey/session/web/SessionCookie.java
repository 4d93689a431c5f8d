package dev.latchkey.session.web;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.session.SessionToken;
import dev.latchkey.shared.PublicUrl;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie that holds the session token in a browser. With https, its name starts with
 * {@code __Host-}, which binds the cookie to this host and to TLS (RFC 6265bis, section
 * 4.1.3.2). Browsers reject that prefix with plain http, so the cookie has another name
 * there.
 */
public class SessionCookie {

	private final String name;

	private final boolean secure;

	SessionCookie(PublicUrl publicUrl) {
		this.secure = publicUrl.isSecure();
		this.name = this.secure ? "__Host-latchkey" : "latchkey";
	}

	/**
	 * Creates the cookie for a session.
	 * @param maxAge how long the browser keeps the cookie
	 */
	public ResponseCookie of(SessionToken token, Duration maxAge) {
		return cookie(token.text(), maxAge);
	}

	/**
	 * Creates the cookie that makes a browser delete the session cookie.
	 */
	ResponseCookie deletion() {
		return cookie("", Duration.ZERO);
	}

	Optional<SessionToken> read(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(this.name);
		return Optional.ofNullable(cookie).map(HttpCookie::getValue).flatMap(SessionToken::of);
	}

	boolean isPresent(ServerHttpRequest request) {
		return request.getCookies().containsKey(this.name);
	}

	private ResponseCookie cookie(String value, Duration maxAge) {
		return ResponseCookie.from(this.name, value)
			.path("/")
			.httpOnly(true)
			.secure(this.secure)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
	}

}
