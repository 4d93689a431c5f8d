package dev.latchkey.server;

import java.util.List;
import java.util.stream.Stream;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;

/**
 * Determines which methods the routers of the features support for a path.
 */
public class AllowedMethods {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.PATCH, HttpMethod.DELETE);

	private final ObjectProvider<RouterFunction<ServerResponse>> routers;

	AllowedMethods(ObjectProvider<RouterFunction<ServerResponse>> routers) {
		this.routers = routers;
	}

	/**
	 * The methods that a path supports, independent of the method of this request; empty
	 * if the path is unknown.
	 */
	Mono<List<HttpMethod>> of(ServerRequest request) {
		return Flux.fromIterable(METHODS).filterWhen((method) -> serves(request, method)).collectList();
	}

	/**
	 * Whether the path is known, but not with the method of this request.
	 */
	public Mono<Boolean> isWrongMethod(ServerWebExchange exchange) {
		return of(ServerRequest.create(exchange, List.of()))
			.map((methods) -> !methods.isEmpty() && !methods.contains(exchange.getRequest().getMethod()));
	}

	private Mono<Boolean> serves(ServerRequest request, HttpMethod method) {
		ServerRequest probe = ServerRequest.from(request).method(method).build();
		Stream<RouterFunction<ServerResponse>> features = this.routers.orderedStream();
		return Flux.fromStream(features).concatMap((router) -> router.route(probe)).hasElements();
	}

}
