package dev.latchkey.session.web;

import java.util.Set;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.server.AllowedOrigins;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.PublicUrl;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses cross-site requests that change something (CSRF). A browser adds the session
 * cookie also to requests that other sites cause, so a request with the cookie must prove
 * by {@code Sec-Fetch-Site} or {@code Origin} that it comes from a page of this service.
 * <p>
 * A request passes if one of these holds:
 * <ul>
 * <li>its method is safe (GET, HEAD, OPTIONS);</li>
 * <li>it has an {@code Authorization} header: a browser does not add that by itself, and
 * it makes {@link TokenSecurityContext} ignore the cookie;</li>
 * <li>a page of this service sent it;</li>
 * <li>it has no session cookie, and either no page sent it, or a page of an origin that
 * is allowed to use the API (CORS).</li>
 * </ul>
 */
@Order(FilterOrder.CSRF)
class CsrfFilter implements WebFilter {

	private static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private final SessionCookie cookie;

	private final PublicUrl publicUrl;

	private final AllowedOrigins allowedOrigins;

	CsrfFilter(SessionCookie cookie, PublicUrl publicUrl, AllowedOrigins allowedOrigins) {
		this.cookie = cookie;
		this.publicUrl = publicUrl;
		this.allowedOrigins = allowedOrigins;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SAFE_METHODS.contains(request.getMethod()) || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
				|| isFromOwnPage(request) || isAllowedWithoutCookie(request)) {
			return chain.filter(exchange);
		}
		return Mono.error(DomainException.of(ProblemCode.CROSS_SITE_REQUEST));
	}

	private boolean isFromOwnPage(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst(FETCH_SITE);
		return (site != null) ? "same-origin".equals(site)
				: this.publicUrl.origin().equals(request.getHeaders().getOrigin());
	}

	private boolean isAllowedWithoutCookie(ServerHttpRequest request) {
		return !this.cookie.isPresent(request) && (isFromNoPage(request) || this.allowedOrigins.includes(request));
	}

	/**
	 * Whether no page sent the request. Browsers send {@code none} for a request that the
	 * user started, for example from the address bar; programs send neither header.
	 */
	private static boolean isFromNoPage(ServerHttpRequest request) {
		String site = request.getHeaders().getFirst(FETCH_SITE);
		return (site != null) ? "none".equals(site) : request.getHeaders().getOrigin() == null;
	}

}
