package dev.latchkey.console;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The routes of the console, without the filters of the server.
 */
class ConsoleRouterTests {

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

	private static final ConsoleFiles FILES = new ConsoleFiles();

	private static final ConsoleHandler HANDLER = new ConsoleHandler(FILES, ConsolePage.template());

	private static final WebTestClient CLIENT = client("");

	private static WebTestClient client(String prefix) {
		return RouterClient.of(new ConsoleRoutes().consoleRouter(HANDLER))
			.exceptionHandler(new ErrorPage(HANDLER))
			.pathPrefix(prefix)
			.build();
	}

	/** The paths in the console's client-side router. */
	static Stream<String> pagePaths() {
		return matches("path: '([^']+)'", text(get(CLIENT, file("routing/routes.js"))))
			.map((match) -> match.group(1).replaceAll("\\{\\w+}", "1"));
	}

	@Nested
	class Page {

		@ParameterizedTest
		@MethodSource("dev.latchkey.console.ConsoleRouterTests#pagePaths")
		void isServedForEveryPathOfItsRouter(String path) {
			EntityExchangeResult<String> response = get(CLIENT, path);
			assertThat(response.getStatus().value()).isEqualTo(200);
			assertThat(text(response)).isEqualTo(text(get(CLIENT, "/"))).contains("data-status=\"200\"");
		}

		@Test
		void isRevalidatedWithTheSameHeaders() {
			EntityExchangeResult<String> response = get(CLIENT, "/");
			assertThat(response.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
			String tag = Objects.requireNonNull(response.getResponseHeaders().getETag());
			EntityExchangeResult<String> again = get(CLIENT, "/", "If-None-Match", tag);
			assertThat(again.getStatus().value()).isEqualTo(304);
			assertThat(again.getResponseBody()).isNull();
			for (String name : List.of("Content-Security-Policy", "Cache-Control", "ETag")) {
				assertThat(again.getResponseHeaders().get(name)).as(name)
					.isNotNull()
					.isEqualTo(response.getResponseHeaders().get(name));
			}
		}

		@Test
		void refersToFilesBelowThePathPrefix() {
			EntityExchangeResult<String> response = get(client("/billing/people"), "/billing/people/sign-in");
			assertThat(text(response)).contains("data-prefix=\"/billing/people\"")
				.contains("\"/billing/people/console/" + FILES.version() + "/");
			assertThat(response.getResponseHeaders().getFirst("Content-Security-Policy")).contains("'sha256-")
				.isNotEqualTo(get(CLIENT, "/").getResponseHeaders().getFirst("Content-Security-Policy"));
		}

		@Test
		void isServedForThePathPrefixAlone() {
			assertThat(get(client("/billing/people"), "/billing/people").getStatus().value()).isEqualTo(200);
		}

		@Test
		void aPrefixThatNeedsEscapingIsNotInserted() {
			assertThat(ConsolePage.of(ConsolePage.template(), "/\"><script>", "v", 200).html())
				.isEqualTo(ConsolePage.of(ConsolePage.template(), "", "v", 200).html());
		}

	}

	@Nested
	class Files {

		@Test
		void ofThisVersionAreCachedPermanently() {
			assertThat(get(CLIENT, file("app.js")).getResponseHeaders().getCacheControl())
				.isEqualTo("max-age=31536000, public, immutable");
		}

		@Test
		void ofAnotherVersionAreServedButNotCached() {
			EntityExchangeResult<String> response = get(CLIENT, "/console/0000000000000000/app.js");
			assertThat(response.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
			assertThat(text(response)).isEqualTo(text(get(CLIENT, file("app.js"))));
		}

		@ParameterizedTest
		@ValueSource(strings = { "/console/x/lib/lit-html/package.json", "/console/x/index.html", "/console/x/",
				"/console/x", "/index.html", "/static/index.html", "/console/app.js", "/application.yml" })
		void thatNoPageNeedsAreNotServed(String path) {
			assertThat(get(CLIENT, path).getStatus().value()).isEqualTo(404);
		}

	}

	@Nested
	class UnknownPath {

		@Test
		void showsAPageToABrowser() {
			EntityExchangeResult<String> response = get(CLIENT, "/nothing/here", "Accept", BROWSER);
			assertThat(response.getStatus().value()).isEqualTo(404);
			assertThat(response.getResponseHeaders().getFirst("Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(response.getResponseHeaders().getCacheControl()).isEqualTo("no-store");
			assertThat(text(response)).contains("data-status=\"404\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "*/*", "application/json", "application/xhtml+xml", "text/plain", "text/*" })
		void isAProblemForOtherClients(String accept) {
			assertIsProblem(get(CLIENT, "/nothing/here", "Accept", accept));
		}

		@Test
		void belowTheApiIsAProblemForABrowser() {
			assertIsProblem(get(CLIENT, "/api/v1/nothing", "Accept", BROWSER));
		}

		@Test
		void isAProblemForAWritingRequest() {
			assertIsProblem(CLIENT.post()
				.uri("/nothing")
				.header("Accept", BROWSER)
				.exchange()
				.expectBody(String.class)
				.returnResult());
		}

		private static void assertIsProblem(EntityExchangeResult<String> response) {
			assertThat(response.getStatus().value()).isEqualTo(404);
			assertThat(response.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		}

	}

	private static String file(String name) {
		return "/console/" + FILES.version() + "/" + name;
	}

	private static EntityExchangeResult<String> get(WebTestClient client, String path, String... header) {
		return client.get().uri(path).headers((headers) -> {
			if (header.length == 2) {
				headers.set(header[0], header[1]);
			}
		}).exchange().expectBody(String.class).returnResult();
	}

	private static String text(EntityExchangeResult<String> response) {
		return Objects.requireNonNull(response.getResponseBody());
	}

	private static Stream<MatchResult> matches(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

}
