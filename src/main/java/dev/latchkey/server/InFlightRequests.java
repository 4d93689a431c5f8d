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
 * Counts the requests in progress, open streams included, so that a replica that shuts
 * down knows when the last one has completed.
 */
@Order(FilterOrder.IN_FLIGHT_REQUESTS)
class InFlightRequests implements WebFilter, DrainableWork {

	private final AtomicInteger count = new AtomicInteger();

	private final Sinks.Empty<Void> idle = Sinks.empty();

	private volatile boolean draining;

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return Mono.defer(() -> {
			this.count.incrementAndGet();
			return chain.filter(exchange).doFinally((signal) -> requestEnded());
		});
	}

	/**
	 * Completes when no request is in progress. Later requests are served too, but the
	 * shutdown does not wait for them.
	 */
	@Override
	public Mono<Void> drain(Duration timeout) {
		return Mono.defer(() -> {
			this.draining = true;
			return (this.count.get() == 0) ? Mono.empty() : this.idle.asMono();
		});
	}

	private void requestEnded() {
		if (this.count.decrementAndGet() == 0 && this.draining) {
			this.idle.tryEmitEmpty();
		}
	}

}
