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
 * Knows by which methods the features' routers serve a path.
 */
public class AllowedMethods {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.PATCH, HttpMethod.DELETE);

	private final ObjectProvider<RouterFunction<ServerResponse>> routers;

	AllowedMethods(ObjectProvider<RouterFunction<ServerResponse>> routers) {
		this.routers = routers;
	}

	/**
	 * The methods of a request's path, whatever its own is; none if nothing is there.
	 */
	Mono<List<HttpMethod>> of(ServerRequest request) {
		return Flux.fromIterable(METHODS).filterWhen((method) -> serves(request, method)).collectList();
	}

	/**
	 * Whether a request's path is served, but not by the request's method.
	 */
	public Mono<Boolean> isWrongMethod(ServerWebExchange exchange) {
		return of(ServerRequest.create(exchange, List.of()))
			.map((methods) -> !methods.isEmpty() && !methods.contains(exchange.getRequest().getMethod()));
	}

	private Mono<Boolean> serves(ServerRequest request, HttpMethod method) {
		ServerRequest asked = ServerRequest.from(request).method(method).build();
		Stream<RouterFunction<ServerResponse>> features = this.routers.orderedStream();
		return Flux.fromStream(features).concatMap((router) -> router.route(asked)).hasElements();
	}

}
