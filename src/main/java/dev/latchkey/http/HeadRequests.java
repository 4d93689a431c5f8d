package dev.latchkey.http;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Serves HEAD like GET; the server itself drops the body. A HEAD never opens a stream, so
 * it is answered as for JSON.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class HeadRequests implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate()
			.request((request) -> request.method(HttpMethod.GET).headers(HeadRequests::withoutStreams))
			.build());
	}

	private static void withoutStreams(HttpHeaders headers) {
		if (headers.getAccept().stream().anyMatch(HeadRequests::isStreamed)) {
			headers.setAccept(List.of(MediaType.APPLICATION_JSON));
		}
	}

	private static boolean isStreamed(MediaType type) {
		return Stream.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON, Representations.CSV)
			.anyMatch(type::equalsTypeAndSubtype);
	}

}
