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
 * Builds the {@code Link} header of a page (RFC 8288), so that clients need not build the
 * URLs of other pages.
 */
public final class PageLinks {

	private PageLinks() {
	}

	/**
	 * The links of a page.
	 * @param next the cursor of the next page, null on the last page
	 */
	public static Consumer<HttpHeaders> of(ServerRequest request, @Nullable String next) {
		return of(request, "cursor", null, next);
	}

	/**
	 * The links of a page with a cursor parameter of another name.
	 * @param parameter the name of the parameter
	 * @param first the value for the first page, null if it needs none
	 * @param next the value for the next page, null on the last page
	 */
	public static Consumer<HttpHeaders> of(ServerRequest request, String parameter, @Nullable String first,
			@Nullable String next) {
		Stream<String> firstLink = Stream.of(link(request, parameter, first, "first"));
		Stream<String> nextLink = (next != null) ? Stream.of(link(request, parameter, next, "next")) : Stream.of();
		String links = Stream.concat(firstLink, nextLink).collect(Collectors.joining(", "));
		return (headers) -> headers.set(HttpHeaders.LINK, links);
	}

	private static String link(ServerRequest request, String parameter, @Nullable String value, String relation) {
		MultiValueMap<String, String> query = new LinkedMultiValueMap<>(request.queryParams());
		query.remove(parameter);
		if (value != null) {
			query.add(parameter, value);
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
