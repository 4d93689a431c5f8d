package dev.latchkey.server;

import dev.latchkey.http.ContentSecurityPolicy;
import dev.latchkey.http.FilterOrder;
import dev.latchkey.shared.PublicUrl;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Adds security headers for browsers to every response, error responses included (OWASP
 * ASVS 5.0, section 3.4). HSTS depends on the public URL: TLS ends at a proxy, so
 * requests never arrive over TLS here.
 */
@Order(FilterOrder.SECURITY_HEADERS)
class SecurityHeaders implements WebFilter {

	private final boolean secure;

	SecurityHeaders(PublicUrl publicUrl) {
		this.secure = publicUrl.isSecure();
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
		setIfAbsent(headers, "Content-Security-Policy", ContentSecurityPolicy.DEFAULT);
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
