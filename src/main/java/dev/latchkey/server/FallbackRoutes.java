package dev.latchkey.server;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.latchkey.problem.ExceptionTranslator;
import dev.latchkey.shared.DomainException;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Responds to requests that no feature's router matches. A known path with a wrong method
 * gets 405 with {@code Allow} (functional routing would respond with 404), OPTIONS gets
 * the list of methods, all other requests get 404.
 */
class FallbackRoutes implements RouterFunction<ServerResponse> {

	private final AllowedMethods allowedMethods;

	FallbackRoutes(AllowedMethods allowedMethods) {
		this.allowedMethods = allowedMethods;
	}

	@Override
	public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
		boolean inApi = request.requestPath().pathWithinApplication().value().startsWith("/api/");
		return this.allowedMethods.of(request)
			.filter((methods) -> inApi || !methods.isEmpty())
			.map((methods) -> (unmatched) -> respond(unmatched, methods));
	}

	private static Mono<ServerResponse> respond(ServerRequest request, List<HttpMethod> routedMethods) {
		if (routedMethods.isEmpty()) {
			return Mono.error(DomainException.notFound());
		}
		List<String> methods = withHeadAndOptions(routedMethods);
		if (HttpMethod.OPTIONS.equals(request.method())) {
			return ServerResponse.noContent().header("Allow", String.join(", ", methods)).build();
		}
		return Mono.error(ExceptionTranslator.methodNotAllowed(methods));
	}

	private static List<String> withHeadAndOptions(List<HttpMethod> methods) {
		Optional<String> head = methods.contains(HttpMethod.GET) ? Optional.of("HEAD") : Optional.empty();
		return Stream.of(methods.stream().map(HttpMethod::name), head.stream(), Stream.of("OPTIONS"))
			.flatMap((names) -> names)
			.sorted()
			.toList();
	}

}
