package dev.latchkey.session.web;

import java.util.List;
import java.util.Optional;

import dev.latchkey.session.Caller;
import dev.latchkey.session.SessionToken;
import dev.latchkey.session.Sessions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;

/**
 * Loads the caller of a request from the bearer token or, if there is no
 * {@code Authorization} header, from the session cookie. An invalid {@code Authorization}
 * header means an anonymous caller, even if the request has a valid cookie:
 * {@link CsrfFilter} relies on this. Saving does nothing, because the session endpoints
 * open and end sessions.
 */
class TokenSecurityContext implements ServerSecurityContextRepository {

	private static final String BEARER = "Bearer ";

	private final Sessions sessions;

	private final SessionCookie cookie;

	TokenSecurityContext(Sessions sessions, SessionCookie cookie) {
		this.sessions = sessions;
		this.cookie = cookie;
	}

	@Override
	public Mono<SecurityContext> load(ServerWebExchange exchange) {
		return Mono.justOrEmpty(token(exchange.getRequest()))
			.flatMap(this.sessions::find)
			.map(TokenSecurityContext::securityContext)
			.cache();
	}

	@Override
	public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
		return Mono.empty();
	}

	private Optional<SessionToken> token(ServerHttpRequest request) {
		String authorization = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
		if (authorization == null) {
			return this.cookie.read(request);
		}
		return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
				? SessionToken.of(authorization.substring(BEARER.length()).strip()) : Optional.empty();
	}

	private static SecurityContext securityContext(Caller caller) {
		return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(caller, null, List.of()));
	}

}
