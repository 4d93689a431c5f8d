package dev.latchkey.server;

import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.http.MediaTypes;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Serves HEAD like GET; the HTTP server omits the body. A HEAD never opens a stream: it
 * gets the headers of the JSON response.
 */
@Order(FilterOrder.HEAD_REQUESTS)
class HeadFilter implements WebFilter {

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		if (!HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
			return chain.filter(exchange);
		}
		return chain.filter(exchange.mutate()
			.request((request) -> request.method(HttpMethod.GET).headers(HeadFilter::withoutStreams))
			.build());
	}

	private static void withoutStreams(HttpHeaders headers) {
		if (headers.getAccept().stream().anyMatch(HeadFilter::isStreamed)) {
			headers.setAccept(List.of(MediaType.APPLICATION_JSON));
		}
	}

	private static boolean isStreamed(MediaType type) {
		return Stream.of(MediaType.TEXT_EVENT_STREAM, MediaType.APPLICATION_NDJSON, MediaTypes.CSV)
			.anyMatch(type::equalsTypeAndSubtype);
	}

}
