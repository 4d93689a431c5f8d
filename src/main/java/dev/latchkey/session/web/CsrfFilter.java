package dev.latchkey.session.web;

import java.util.Set;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.server.AllowedOrigins;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.PublicUrl;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Keeps other sites from writing with a browser's cookie. A request that changes
 * something must say that it comes from our own pages, by {@code Sec-Fetch-Site} or
 * {@code Origin}; only a bearer token, which no browser adds by itself, needs neither.
 */
@Order(FilterOrder.CSRF)
class CsrfFilter implements WebFilter {

	private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final SessionCookie cookie;

	private final PublicUrl publicUrl;

	private final AllowedOrigins origins;

	CsrfFilter(SessionCookie cookie, PublicUrl publicUrl, AllowedOrigins origins) {
		this.cookie = cookie;
		this.publicUrl = publicUrl;
		this.origins = origins;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SAFE.contains(request.getMethod()) || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				|| isOurs(request) || isFromListedOrigin(request)) {
			return chain.filter(exchange);
		}
		return Mono.error(DomainException.of(ProblemCode.CROSS_SITE_REQUEST));
	}

	/**
	 * Another site whose pages may use the API, though never with our cookie.
	 */
	private boolean isFromListedOrigin(ServerHttpRequest request) {
		return this.origins.includes(request) && !this.cookie.isOn(request);
	}

	private boolean isOurs(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null) {
			return "same-origin".equals(site) || ("none".equals(site) && !this.cookie.isOn(request));
		}
		@Nullable String origin = request.getHeaders().getOrigin();
		return (origin != null) ? origin.equals(this.publicUrl.origin()) : !this.cookie.isOn(request);
	}

}
