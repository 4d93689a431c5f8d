package dev.latchkey.server;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Parts of the server that the access rules use.
 */
public final class ServerParts {

	private ServerParts() {
	}

	public static AllowedMethods allowedMethods(List<RouterFunction<ServerResponse>> routes) {
		return new AllowedMethods(new ObjectProvider<>() {
			@Override
			public Stream<RouterFunction<ServerResponse>> orderedStream() {
				return routes.stream();
			}
		});
	}

	public static AllowedOrigins allowedOrigins(String... origins) {
		return new AllowedOrigins(new CorsProperties(List.of(origins)));
	}

}
