package dev.latchkey.server;

import java.util.List;
import java.util.Set;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The other origins whose pages may use the API from a browser.
 */
public class AllowedOrigins {

	private final Set<String> origins;

	AllowedOrigins(CorsProperties properties) {
		this.origins = Set.copyOf(properties.allowedOrigins());
	}

	boolean isEmpty() {
		return this.origins.isEmpty();
	}

	/**
	 * Whether the {@code Origin} header of a request names one of them.
	 */
	public boolean includes(ServerHttpRequest request) {
		List<String> origin = request.getHeaders().getOrDefault(HttpHeaders.ORIGIN, List.of());
		return origin.size() == 1 && this.origins.contains(origin.get(0));
	}

}
