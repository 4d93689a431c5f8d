package dev.latchkey.problem;

import java.util.List;

import dev.latchkey.http.FilterOrder;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Calls the exception handlers, in their order, before Spring's own error handling, which
 * would log the path and query of the request with the stack trace.
 */
@Order(FilterOrder.PROBLEMS)
class ProblemFilter implements WebFilter {

	private final List<WebExceptionHandler> handlers;

	ProblemFilter(List<WebExceptionHandler> handlers) {
		this.handlers = handlers;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> result = chain.filter(exchange);
		for (WebExceptionHandler handler : this.handlers) {
			result = result.onErrorResume((error) -> handler.handle(exchange, error));
		}
		return result;
	}

}
