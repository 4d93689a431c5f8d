package dev.latchkey.http;

import java.util.Map;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Refuses requests that do not accept the media type of the response (RFC 9110, section
 * 12.5.1) before they are processed. Functional routing alone would process them and
 * respond with JSON.
 */
public final class AcceptFilter {

	private static final MediaTypes JSON = MediaTypes.of(MediaType.APPLICATION_JSON);

	private AcceptFilter() {
	}

	/**
	 * A filter for a feature's routes.
	 * @param others the media types of routes that offer more than JSON, by method and
	 * pattern, such as {@code GET /things}
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> jsonOr(Map<String, MediaTypes> others) {
		return (request, next) -> {
			if (!others.getOrDefault(route(request), JSON).areAccepted(request.headers().accept())) {
				throw DomainException.of(ProblemCode.NOT_ACCEPTABLE);
			}
			return next.handle(request);
		};
	}

	private static String route(ServerRequest request) {
		return request.method().name() + " " + request.attributes().get(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE);
	}

}
