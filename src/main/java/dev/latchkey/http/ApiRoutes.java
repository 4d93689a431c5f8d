package dev.latchkey.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.latchkey.reactive.Uncancellable;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Builds the routes of a feature with what every endpoint of the API has in common: it
 * refuses requests whose {@code Accept} it cannot serve and query parameters that it does
 * not know, and it completes its work even if the client disconnects.
 */
public final class ApiRoutes {

	private final Map<String, MediaTypes> offers = new HashMap<>();

	private final Map<String, Set<String>> queries = new HashMap<>();

	private ApiRoutes() {
	}

	/**
	 * Starts routes that respond with JSON and take no query parameters.
	 */
	public static ApiRoutes json() {
		return new ApiRoutes();
	}

	/**
	 * Lets GET requests of a path pattern have query parameters.
	 */
	public ApiRoutes query(String pattern, Set<String> parameters) {
		return query(HttpMethod.GET, pattern, parameters);
	}

	/**
	 * Lets requests of a method and a path pattern have query parameters.
	 */
	public ApiRoutes query(HttpMethod method, String pattern, Set<String> parameters) {
		this.queries.put(method.name() + " " + pattern, parameters);
		return this;
	}

	/**
	 * Lets a route respond with other media types than JSON alone.
	 * @param route method and path pattern, such as {@code GET /things}
	 */
	public ApiRoutes offer(String route, MediaTypes types) {
		this.offers.put(route, types);
		return this;
	}

	/**
	 * Adds the routes.
	 */
	public RouterFunction<ServerResponse> routes(Consumer<RouterFunctions.Builder> routes) {
		RouterFunctions.Builder builder = RouterFunctions.route();
		routes.accept(builder);
		return builder.filter(Uncancellable.completeAfterDisconnect())
			.filter(AcceptFilter.jsonOr(this.offers))
			.filter(QueryFilter.only(this.queries))
			.build();
	}

}
