package dev.latchkey.http;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.latchkey.shared.DomainException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Answers what no feature's router took. A known path with a wrong method is 405 with
 * {@code Allow} (functional routing would answer 404), OPTIONS lists the methods, the
 * rest is not found.
 */
class UnmatchedRequests implements RouterFunction<ServerResponse> {

	private static final List<HttpMethod> METHODS = List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT,
			HttpMethod.PATCH, HttpMethod.DELETE);

	private final ObjectProvider<RouterFunction<ServerResponse>> routers;

	UnmatchedRequests(ObjectProvider<RouterFunction<ServerResponse>> routers) {
		this.routers = routers;
	}

	@Override
	public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
		if (!request.requestPath().pathWithinApplication().value().startsWith("/api/")) {
			return Mono.empty();
		}
		return Mono.just(this::answer);
	}

	private Mono<ServerResponse> answer(ServerRequest request) {
		return Flux.fromIterable(METHODS)
			.filterWhen((method) -> serves(request, method))
			.collectList()
			.flatMap((methods) -> methods.isEmpty() ? Mono.error(DomainException.notFound())
					: answer(request, withDerived(methods)));
	}

	private Mono<Boolean> serves(ServerRequest request, HttpMethod method) {
		ServerRequest asked = ServerRequest.from(request).method(method).build();
		Stream<RouterFunction<ServerResponse>> others = this.routers.orderedStream().filter((router) -> router != this);
		return Flux.fromStream(others).concatMap((router) -> router.route(asked)).hasElements();
	}

	private static Mono<ServerResponse> answer(ServerRequest request, List<String> methods) {
		if (HttpMethod.OPTIONS.equals(request.method())) {
			return ServerResponse.noContent().header("Allow", String.join(", ", methods)).build();
		}
		return Mono.error(Refusals.methodNotAllowed(methods));
	}

	private static List<String> withDerived(List<HttpMethod> methods) {
		Optional<String> head = methods.contains(HttpMethod.GET) ? Optional.of("HEAD") : Optional.empty();
		return Stream.of(methods.stream().map(HttpMethod::name), head.stream(), Stream.of("OPTIONS"))
			.flatMap((names) -> names)
			.sorted()
			.toList();
	}

}
