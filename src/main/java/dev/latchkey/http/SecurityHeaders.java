package dev.latchkey.http;

import dev.latchkey.shared.PublicAddress;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Puts the headers that keep browsers honest on every answer, before anything can refuse
 * the request (OWASP ASVS 5.0, section 3.4). HSTS goes by the public address: TLS ends at
 * a proxy, so a request never looks secure here.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class SecurityHeaders implements WebFilter {

	static final String CONTENT_POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; "
			+ "form-action 'self'; frame-ancestors 'none'";

	private final boolean secure;

	SecurityHeaders(PublicAddress address) {
		this.secure = address.secure();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		exchange.getResponse().beforeCommit(() -> {
			write(exchange.getResponse().getHeaders());
			return Mono.empty();
		});
		return chain.filter(exchange);
	}

	void write(HttpHeaders headers) {
		setIfAbsent(headers, HttpHeaders.CACHE_CONTROL, "no-store");
		setIfAbsent(headers, "Content-Security-Policy", CONTENT_POLICY);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("X-Frame-Options", "DENY");
		headers.set("Referrer-Policy", "no-referrer");
		headers.set("Cross-Origin-Opener-Policy", "same-origin");
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		if (this.secure) {
			headers.set("Strict-Transport-Security", "max-age=31536000");
		}
	}

	private static void setIfAbsent(HttpHeaders headers, String name, String value) {
		if (!headers.containsHeader(name)) {
			headers.set(name, value);
		}
	}

}
