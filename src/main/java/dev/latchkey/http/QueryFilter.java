package dev.latchkey.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFilterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Refuses query parameters that a route does not know, and repeated ones: a misspelt
 * filter must not return the whole list.
 */
public final class QueryFilter {

	private QueryFilter() {
	}

	/**
	 * A filter for a feature's routes.
	 * @param known the query parameters, by method and path pattern, such as
	 * {@code GET /things}
	 */
	public static HandlerFilterFunction<ServerResponse, ServerResponse> only(Map<String, Set<String>> known) {
		return (request, next) -> {
			requireUtf8(request.uri().getRawQuery());
			check(request, known);
			return next.handle(request);
		};
	}

	/**
	 * Refuses parameters that a route knows but cannot combine with another part of this
	 * request.
	 * @param part the other part, such as a header and its value
	 * @throws DomainException {@link ProblemCode#MALFORMED_REQUEST}, naming the parameter
	 */
	public static void refuseCombination(ServerRequest request, String part, String... names) {
		for (String name : names) {
			if (request.queryParams().containsKey(name)) {
				throw DomainException.malformed(DetailMessage.PARAMETER_NOT_COMBINABLE, part).with("field", name);
			}
		}
	}

	/**
	 * Refuses parameters that are for pages only, because this response is a stream.
	 * @param type the media type of the stream
	 */
	public static void refuseInStream(ServerRequest request, MediaType type, String... names) {
		refuseCombination(request, HttpHeaders.ACCEPT + ": " + type, names);
	}

	/**
	 * Bytes that are not UTF-8 would otherwise be read as replacement characters.
	 */
	private static void requireUtf8(@Nullable String query) {
		String bytes = URLDecoder.decode((query != null) ? query : "", StandardCharsets.ISO_8859_1);
		if (Utf8.decode(bytes.getBytes(StandardCharsets.ISO_8859_1)).isEmpty()) {
			throw DomainException.malformed(DetailMessage.QUERY_NOT_UTF8);
		}
	}

	private static void check(ServerRequest request, Map<String, Set<String>> known) {
		Set<String> names = known.getOrDefault(request.method().name() + " " + pattern(request), Set.of());
		request.queryParams().forEach((name, values) -> check(name, values, names));
	}

	private static void check(String name, List<String> values, Set<String> names) {
		if (!names.contains(name)) {
			throw unknown(name);
		}
		if (values.size() > 1) {
			throw DomainException.malformed(DetailMessage.PARAMETER_REPEATED).with("field", name);
		}
	}

	private static DomainException unknown(String name) {
		return DomainException.malformed(DetailMessage.PARAMETER_UNKNOWN).with("field", shortened(name));
	}

	private static String pattern(ServerRequest request) {
		return String.valueOf(request.attributes().get(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE));
	}

	private static String shortened(String name) {
		return (name.length() <= 40) ? name : name.substring(0, 40) + "…";
	}

}
