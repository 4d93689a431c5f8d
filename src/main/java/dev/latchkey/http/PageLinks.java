package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.UriUtils;

/**
 * Says where the other pages of a list are (RFC 8288), so that whoever reads the list
 * need not know how its URLs are made.
 */
public final class PageLinks {

	private PageLinks() {
	}

	/**
	 * The links of a page.
	 * @param next the cursor of the page behind this one, null on the last
	 */
	public static Consumer<HttpHeaders> of(ServerRequest request, @Nullable String next) {
		return of(request, "cursor", null, next);
	}

	/**
	 * The links of a page that is told where to begin.
	 * @param place the parameter that tells it
	 * @param first its value for the first page, null if that needs none
	 * @param next its value for the page behind this one, null on the last
	 */
	public static Consumer<HttpHeaders> of(ServerRequest request, String place, @Nullable String first,
			@Nullable String next) {
		Stream<String> beginning = Stream.of(link(request, place, first, "first"));
		Stream<String> further = (next != null) ? Stream.of(link(request, place, next, "next")) : Stream.of();
		String links = Stream.concat(beginning, further).collect(Collectors.joining(", "));
		return (headers) -> headers.set(HttpHeaders.LINK, links);
	}

	private static String link(ServerRequest request, String place, @Nullable String value, String relation) {
		MultiValueMap<String, String> query = new LinkedMultiValueMap<>(request.queryParams());
		query.remove(place);
		if (value != null) {
			query.add(place, value);
		}
		String path = request.requestPath().value();
		return "<" + (query.isEmpty() ? path : path + "?" + encoded(query)) + ">; rel=\"" + relation + "\"";
	}

	private static String encoded(MultiValueMap<String, String> query) {
		return query.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue().stream().map((value) -> entry.getKey() + "=" + encoded(value)))
			.collect(Collectors.joining("&"));
	}

	private static String encoded(@Nullable String value) {
		return UriUtils.encode((value != null) ? value : "", StandardCharsets.UTF_8);
	}

}
