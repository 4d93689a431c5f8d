package dev.latchkey.docs;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes of the API document and of the page that shows it.
 */
class DocsRouterTests {

	private final WebTestClient client = client("");

	private static WebTestClient client(String prefix) {
		return RouterClient.of(new DocsRoutes().docs(), new ApiDocumentRoutes().apiDocumentRoute())
			.pathPrefix(prefix)
			.build();
	}

	@Nested
	class Document {

		@Test
		void isRevalidatedByItsTag() {
			EntityExchangeResult<String> response = get("/openapi.yaml", "");
			assertThat(response.getResponseHeaders().getFirst("Content-Type")).isEqualTo("application/yaml");
			assertThat(response.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
			EntityExchangeResult<String> again = get("/openapi.yaml", tag(response));
			assertThat(again.getStatus().value()).isEqualTo(304);
			assertThat(again.getResponseBody()).isNull();
			assertThat(tag(again)).isEqualTo(tag(response));
		}

		@Test
		void containsThePathPrefix() {
			assertThat(text(get("/openapi.yaml", ""))).contains("\n  - url: /\n");
			String prefixed = client("/team").get()
				.uri("/team/openapi.yaml")
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody();
			assertThat(prefixed).contains("\n  - url: /team");
		}

		@Test
		void isOnlyForClientsThatAcceptItsMediaType() {
			DocsRouterTests.this.client.get()
				.uri("/openapi.yaml")
				.header("Accept", "text/csv")
				.exchange()
				.expectStatus()
				.isEqualTo(406);
		}

		@Test
		void hasNoQueryParameters() {
			assertThat(get("/openapi.yaml?version=2", "").getStatus().value()).isEqualTo(400);
		}

	}

	@Nested
	class Page {

		@Test
		void allowsOnlyItsOwnContent() {
			assertThat(get("/docs", "").getResponseHeaders().getFirst("Content-Security-Policy"))
				.isEqualTo("default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; "
						+ "frame-ancestors 'none'; img-src 'self' data:");
		}

		@Test
		void isRevalidatedWithTheSamePolicy() {
			EntityExchangeResult<String> response = get("/docs", "");
			EntityExchangeResult<String> again = get("/docs", tag(response));
			assertThat(again.getStatus().value()).isEqualTo(304);
			assertThat(again.getResponseHeaders().get("Content-Security-Policy")).isNotNull()
				.isEqualTo(response.getResponseHeaders().get("Content-Security-Policy"));
		}

		@Test
		void loadsFilesThatAreCachedPermanently() {
			List<String> files = Pattern.compile("\"docs/([^\"]+)\"")
				.matcher(text(get("/docs", "")))
				.results()
				.map((match) -> match.group(1))
				.toList();
			assertThat(files).hasSizeGreaterThanOrEqualTo(5).allSatisfy((file) -> {
				EntityExchangeResult<String> response = get("/docs/" + file, "");
				assertThat(response.getStatus().value()).as(file).isEqualTo(200);
				assertThat(response.getResponseHeaders().getCacheControl())
					.isEqualTo("max-age=31536000, public, immutable");
			});
		}

		@ParameterizedTest
		@ValueSource(strings = { "/docs/docs.js", "/docs/docs.html", "/docs/swagger-ui.css", "/docs/unknown" })
		void otherFilesAreNotServed(String path) {
			assertThat(get(path, "").getStatus().value()).isEqualTo(404);
		}

	}

	private EntityExchangeResult<String> get(String path, String tag) {
		return this.client.get()
			.uri(path)
			.header("If-None-Match", tag.isEmpty() ? "\"none\"" : tag)
			.exchange()
			.expectBody(String.class)
			.returnResult();
	}

	private static String tag(EntityExchangeResult<String> response) {
		return Objects.requireNonNull(response.getResponseHeaders().getETag());
	}

	private static String text(EntityExchangeResult<String> response) {
		return Objects.requireNonNull(response.getResponseBody());
	}

}
