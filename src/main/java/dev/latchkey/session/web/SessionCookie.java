package dev.latchkey.session.web;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.session.SessionToken;
import dev.latchkey.shared.PublicUrl;

import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The session in a browser. Under https the name starts with {@code __Host-}, which binds
 * the cookie to this host and to TLS (RFC 6265bis, section 4.1.3.2); browsers refuse that
 * name on plain http, so localhost has another.
 */
public class SessionCookie {

	private final String name;

	private final boolean secure;

	SessionCookie(PublicUrl publicUrl) {
		this.secure = publicUrl.isSecure();
		this.name = this.secure ? "__Host-latchkey" : "latchkey";
	}

	/**
	 * The cookie that keeps a browser signed in.
	 */
	public ResponseCookie of(SessionToken token, Duration age) {
		return cookie(token.text(), age);
	}

	ResponseCookie cleared() {
		return cookie("", Duration.ZERO);
	}

	Optional<SessionToken> read(ServerHttpRequest request) {
		HttpCookie cookie = request.getCookies().getFirst(this.name);
		return Optional.ofNullable(cookie).map(HttpCookie::getValue).flatMap(SessionToken::of);
	}

	boolean isOn(ServerHttpRequest request) {
		return request.getCookies().containsKey(this.name);
	}

	private ResponseCookie cookie(String value, Duration age) {
		return ResponseCookie.from(this.name, value)
			.path("/")
			.httpOnly(true)
			.secure(this.secure)
			.sameSite("Lax")
			.maxAge(age)
			.build();
	}

}
