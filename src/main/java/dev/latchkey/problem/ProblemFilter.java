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
 * Asks those who answer errors, in their order, before Spring's own handling does, which
 * writes the request's path and query into the stack trace that is logged.
 */
@Order(FilterOrder.PROBLEMS)
class ProblemFilter implements WebFilter {

	private final List<WebExceptionHandler> handlers;

	ProblemFilter(List<WebExceptionHandler> handlers) {
		this.handlers = handlers;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> answer = chain.filter(exchange);
		for (WebExceptionHandler handler : this.handlers) {
			answer = answer.onErrorResume((error) -> handler.handle(exchange, error));
		}
		return answer;
	}

}
