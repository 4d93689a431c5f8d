package dev.latchkey.http;

import java.net.URI;

import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Says where something new is: a path on this host, below the path prefix that the
 * request came under.
 */
public final class Locations {

	private Locations() {
	}

	/**
	 * The location of what was made by a POST to its list.
	 */
	public static URI below(ServerRequest request, Object id) {
		return URI.create(request.requestPath().value() + "/" + id);
	}

}
