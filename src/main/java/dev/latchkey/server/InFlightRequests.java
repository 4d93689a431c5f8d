package dev.latchkey.server;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.latchkey.http.FilterOrder;
import dev.latchkey.shutdown.DrainableWork;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Counts the requests that are being answered, streams among them, so that a replica
 * which goes away knows when the last of them is done.
 */
@Order(FilterOrder.IN_FLIGHT_REQUESTS)
class InFlightRequests implements WebFilter, DrainableWork {

	private final AtomicInteger count = new AtomicInteger();

	private final Sinks.Empty<Void> none = Sinks.empty();

	private volatile boolean finishing;

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.defer(() -> {
			this.count.incrementAndGet();
			return chain.filter(exchange).doFinally((signal) -> ended());
		});
	}

	/**
	 * Who still comes is served too, but not waited for once all were done.
	 */
	@Override
	public Mono<Void> drain(Duration timeout) {
		return Mono.defer(() -> {
			this.finishing = true;
			return (this.count.get() == 0) ? Mono.empty() : this.none.asMono();
		});
	}

	private void ended() {
		if (this.count.decrementAndGet() == 0 && this.finishing) {
			this.none.tryEmitEmpty();
		}
	}

}
