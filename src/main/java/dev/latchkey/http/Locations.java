package dev.latchkey.http;

import java.net.URI;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Builds {@code Location} headers: paths on this host, with the path prefix of the
 * request.
 */
public final class Locations {

	private Locations() {
	}

	/**
	 * The location of a resource that was created by a POST to its list.
	 */
	public static URI below(ServerRequest request, Object id) {
		return URI.create(request.requestPath().value() + "/" + id);
	}

}
