package dev.latchkey.server;

import java.time.Duration;
import java.util.List;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.http.IdempotencyHeader;
import dev.latchkey.http.ListStreams;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets pages of the allowed origins use the API from a browser, with a bearer token and
 * never with a cookie. It runs before all filters that refuse requests, so that the pages
 * can read error responses too. It does nothing for other origins.
 */
@Order(FilterOrder.CORS)
class CorsFilter implements WebFilter {

	private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(1);

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE");

	private static final List<String> REQUEST_HEADERS = List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE,
			IdempotencyHeader.NAME, HttpHeaders.IF_MATCH, "Last-Event-ID", HttpHeaders.ACCEPT_LANGUAGE);

	private static final List<String> RESPONSE_HEADERS = List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION,
			HttpHeaders.LINK, HttpHeaders.RETRY_AFTER, IdempotencyHeader.REPLAYED, HttpHeaders.WWW_AUTHENTICATE,
			HttpHeaders.ALLOW, HttpHeaders.CONTENT_LANGUAGE, HttpHeaders.CONTENT_DISPOSITION, ListStreams.POSITION);

	private final DefaultCorsProcessor processor = new DefaultCorsProcessor();

	private final AllowedOrigins origins;

	CorsFilter(AllowedOrigins origins) {
		this.origins = origins;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!this.origins.isEmpty()) {
			exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> markAsVarying(exchange)));
		}
		if (!this.origins.includes(exchange.getRequest())) {
			return chain.filter(withoutPreflight(exchange));
		}
		if (!this.processor.process(policy(exchange.getRequest()), exchange)) {
			return Mono.error(DomainException.of(ProblemCode.CROSS_SITE_REQUEST));
		}
		if (CorsUtils.isPreFlightRequest(exchange.getRequest())) {
			exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
			return exchange.getResponse().setComplete();
		}
		return chain.filter(exchange);
	}

	/**
	 * Adds {@code Vary: Origin} when the response is committed: a handler that sets
	 * {@code Vary} would overwrite an earlier value.
	 */
	private static void markAsVarying(ServerWebExchange exchange) {
		HttpHeaders headers = exchange.getResponse().getHeaders();
		if (!headers.getVary().contains(HttpHeaders.ORIGIN)) {
			headers.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		}
	}

	/**
	 * Converts a preflight to a plain OPTIONS request: the framework would otherwise
	 * respond to it by itself.
	 */
	private static ServerWebExchange withoutPreflight(ServerWebExchange exchange) {
		return CorsUtils.isPreFlightRequest(exchange.getRequest()) ? exchange.mutate()
			.request((request) -> request
				.headers((headers) -> headers.remove(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)))
			.build() : exchange;
	}

	/**
	 * The policy for a request. After the preflight every method is allowed here; the
	 * routers decide whether a path supports it.
	 */
	private static CorsConfiguration policy(ServerHttpRequest request) {
		CorsConfiguration policy = new CorsConfiguration();
		policy.addAllowedOrigin(String.valueOf(request.getHeaders().getOrigin()));
		policy.setAllowedMethods(CorsUtils.isPreFlightRequest(request) ? METHODS : List.of(request.getMethod().name()));
		policy.setAllowedHeaders(REQUEST_HEADERS);
		policy.setExposedHeaders(RESPONSE_HEADERS);
		policy.setMaxAge(PREFLIGHT_MAX_AGE);
		return policy;
	}

}
