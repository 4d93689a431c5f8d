package dev.latchkey.http;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Answers errors before Spring's own handling sees them, which writes the request's path
 * and query into the stack trace that is logged.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class EarlyProblems implements WebFilter {

	private final Problems problems;

	EarlyProblems(Problems problems) {
		this.problems = problems;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange).onErrorResume((error) -> this.problems.handle(exchange, error));
	}

}
