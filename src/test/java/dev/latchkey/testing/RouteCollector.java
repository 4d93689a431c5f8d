package dev.latchkey.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Collects the method and pattern of every route of a router. A custom condition follows
 * in brackets; any other condition is shown as a plus sign.
 */
public class RouteCollector implements RouterFunctions.Visitor {

	private final Set<String> routes = new TreeSet<>();

	public Set<String> routes() {
		return this.routes;
	}

	@Override
	public void route(RequestPredicate predicate, HandlerFunction<?> handler) {
		Description description = new Description();
		predicate.accept(description);
		this.routes.add(description.text());
	}

	@Override
	public void startNested(RequestPredicate predicate) {
		throw new AssertionError("nested routes are not supported");
	}

	@Override
	public void endNested(RequestPredicate predicate) {
	}

	@Override
	public void resources(Function<ServerRequest, Mono<Resource>> lookup) {
		this.routes.add("resources");
	}

	@Override
	public void attributes(Map<String, Object> attributes) {
	}

	@Override
	public void unknown(RouterFunction<?> router) {
		this.routes.add("unknown router " + router);
	}

	private static final class Description implements RequestPredicates.Visitor {

		private String method = "ANY";

		private String pattern = "";

		private String conditions = "";

		String text() {
			return this.method + " " + this.pattern + this.conditions;
		}

		@Override
		public void method(Set<HttpMethod> methods) {
			this.method = String.join(",", methods.stream().map(HttpMethod::name).sorted().toList());
		}

		@Override
		public void path(String path) {
			this.pattern = path;
		}

		@Override
		public void header(String name, String value) {
			this.conditions = " +";
		}

		@Override
		@Deprecated
		@SuppressWarnings("removal")
		public void pathExtension(String extension) {
			this.conditions = " +";
		}

		@Override
		public void version(String version) {
			this.conditions = " +";
		}

		@Override
		public void queryParam(String name, String value) {
			this.conditions = " +";
		}

		@Override
		public void startAnd() {
		}

		@Override
		public void and() {
		}

		@Override
		public void endAnd() {
		}

		@Override
		public void startOr() {
			this.conditions = " +";
		}

		@Override
		public void or() {
		}

		@Override
		public void endOr() {
		}

		@Override
		public void startNegate() {
			this.conditions = " +";
		}

		@Override
		public void endNegate() {
		}

		@Override
		public void unknown(RequestPredicate predicate) {
			this.conditions = " [" + predicate + "]";
		}

	}

}
