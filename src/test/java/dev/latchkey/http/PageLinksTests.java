package dev.latchkey.http;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.function.server.ServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The links of a page keep the path and the query of the request.
 */
class PageLinksTests {

	@Test
	void aPageLinksToTheFirstAndTheNextOne() {
		assertThat(links("/things", "7")).isEqualTo("</things>; rel=\"first\", </things?cursor=7>; rel=\"next\"");
	}

	@Test
	void theLastPageLinksToTheFirstOneOnly() {
		assertThat(links("/things?cursor=7", null)).isEqualTo("</things>; rel=\"first\"");
	}

	@Test
	void otherParametersAreKeptAndEncoded() {
		assertThat(links("/things?q=%C3%A4%26b%3E&limit=2&cursor=7", "9")).isEqualTo(
				"</things?q=%C3%A4%26b%3E&limit=2>; rel=\"first\", </things?q=%C3%A4%26b%3E&limit=2&cursor=9>; rel=\"next\"");
	}

	@Test
	void thePathKeepsItsPrefix() {
		ServerRequest request = ServerRequest.create(
				MockServerWebExchange.from(MockServerHttpRequest.get("/team/things").contextPath("/team")), List.of());
		assertThat(header(request, "cursor", null, null)).isEqualTo("</team/things>; rel=\"first\"");
	}

	@Test
	void theParameterCanHaveAnotherNameAndAValueForTheFirstPage() {
		assertThat(header(request("/events?after=e-5&limit=2"), "after", "e-0", "e-9"))
			.isEqualTo("</events?limit=2&after=e-0>; rel=\"first\", </events?limit=2&after=e-9>; rel=\"next\"");
	}

	@Test
	void aCreatedResourceIsBelowItsList() {
		assertThat(Locations.below(request("/things?x=1"), 5)).isEqualTo(URI.create("/things/5"));
	}

	private static @Nullable String links(String uri, @Nullable String next) {
		HttpHeaders headers = new HttpHeaders();
		PageLinks.of(request(uri), next).accept(headers);
		return headers.getFirst("Link");
	}

	private static @Nullable String header(ServerRequest request, String parameter, @Nullable String first,
			@Nullable String next) {
		HttpHeaders headers = new HttpHeaders();
		PageLinks.of(request, parameter, first, next).accept(headers);
		return headers.getFirst("Link");
	}

	private static ServerRequest request(String uri) {
		return ServerRequest.create(
				MockServerWebExchange.from(MockServerHttpRequest.method(HttpMethod.GET, URI.create(uri))), List.of());
	}

}
