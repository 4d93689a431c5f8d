package dev.latchkey.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console over HTTP: its page and files, their caching and their security headers.
 */
@ServiceTest
class ConsoleRoutesTests {

	private static final ConsoleFiles FILES = new ConsoleFiles();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String ID = "0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10";

	private static final int MAX_FIRST_LOAD_BYTES = 150_000;

	static Service service;

	static Service prefixed;

	@BeforeAll
	static void start() {
		TestDatabase database = TestDatabase.create();
		service = Service.on(database).start();
		prefixed = Service.on(database).set("latchkey.path-prefix", "/billing/people").start();
	}

	@AfterAll
	static void stop() {
		prefixed.close();
		service.close();
	}

	/** The paths in the console's client-side router. */
	static Stream<String> pagePaths() {
		return matches("path: '([^']+)'", text(get(service, file("routing/routes.js"))))
			.map((match) -> match.group(1).replaceAll("\\{\\w+}", ID));
	}

	@Nested
	class Page {

		@ParameterizedTest
		@MethodSource("dev.latchkey.console.ConsoleRoutesTests#pagePaths")
		void isServedForEveryPathOfItsRouter(String path) {
			HttpResponse<byte[]> response = get(service, path);
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(header(response, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(text(response)).isEqualTo(text(get(service, "/"))).contains("data-status=\"200\"");
		}

		@Test
		void isRevalidatedAndSentOnlyIfItHasChanged() {
			HttpResponse<byte[]> response = get(service, "/");
			assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
			HttpResponse<byte[]> again = get(service, "/", "If-None-Match", header(response, "ETag"));
			assertThat(again.statusCode()).isEqualTo(304);
			assertThat(again.body()).isEmpty();
			assertThat(header(again, "Content-Security-Policy")).isEqualTo(header(response, "Content-Security-Policy"))
				.contains("sha256-");
		}

		/**
		 * The headers of a 304 replace the cached ones: without the policy, the page
		 * would not work at the second visit.
		 */
		@Test
		void keepsItsHeadersIfItHasNotChanged() {
			HttpResponse<byte[]> response = get(service, "/");
			HttpResponse<byte[]> again = get(service, "/", "If-None-Match", header(response, "ETag"));
			for (String name : List.of("Content-Security-Policy", "Cache-Control", "ETag", "Referrer-Policy")) {
				assertThat(again.headers().allValues(name)).as(name).isEqualTo(response.headers().allValues(name));
			}
		}

		@Test
		void allowsOnlyItsImportMapAsInlineScript() throws NoSuchAlgorithmException {
			HttpResponse<byte[]> response = get(service, "/");
			assertThat(header(response, "Content-Security-Policy")).isEqualTo("default-src 'self'; script-src 'self' "
					+ "'sha256-" + importMapHash(text(response)) + "'; img-src 'self' data:; base-uri 'none'; "
					+ "object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
					+ "require-trusted-types-for 'script'; trusted-types lit-html");
			assertThat(text(response)).doesNotContain("<style", "style=", "onclick", "<base");
			assertThat(matches("<script(?![^>]*src=)", text(response))).hasSize(1);
		}

		@Test
		void refersOnlyToExistingFilesOfTheConsole() {
			assertThat(urls(text(get(service, "/")))).hasSizeGreaterThan(10)
				.allSatisfy((url) -> assertThat(url).startsWith("/console/"))
				.filteredOn((url) -> !url.endsWith("/"))
				.allSatisfy((url) -> assertThat(get(service, url).statusCode()).isEqualTo(200));
		}

		@Test
		void hasSecurityHeaders() {
			HttpResponse<byte[]> response = get(service, "/invitation");
			assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(header(response, "X-Frame-Options")).isEqualTo("DENY");
			assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
		}

	}

	@Nested
	class Files {

		@Test
		void areCachedPermanently() {
			HttpResponse<byte[]> response = get(service, file("app.js"));
			assertThat(header(response, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
			assertThat(header(response, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
		}

		@Test
		void ofAnotherVersionAreServedButNotCached() {
			HttpResponse<byte[]> response = get(service, "/console/0000000000000000/app.js");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(header(response, "Cache-Control")).isEqualTo("no-cache");
			assertThat(text(response)).isEqualTo(text(get(service, file("app.js"))));
		}

		@ParameterizedTest
		@CsvSource(delimiter = '|', textBlock = """
				gzip                   | true
				gzip, deflate, br      | true
				br;q=1.0, gzip;q=0.8   | true
				GZIP                   | true
				gzip;q=0               | false
				gzip;q=0.0             | false
				br                     | false
				identity               | false
				""")
		void areCompressedIfTheClientAcceptsIt(String accepted, boolean compressed) throws IOException {
			HttpResponse<byte[]> response = get(service, file("app.js"), "Accept-Encoding", accepted);
			assertThat(header(response, "Content-Encoding")).isEqualTo(compressed ? "gzip" : "");
			assertThat(header(response, "Vary")).isEqualTo("Accept-Encoding");
			byte[] plain = compressed ? unzip(response.body()) : response.body();
			assertThat(plain).isEqualTo(get(service, file("app.js")).body());
		}

		@Test
		void areNotSentAgainIfTheyHaveNotChanged() {
			String plain = header(get(service, file("app.js")), "ETag");
			String compressed = header(get(service, file("app.js"), "Accept-Encoding", "gzip"), "ETag");
			assertThat(plain).isNotEqualTo(compressed);
			HttpResponse<byte[]> again = get(service, file("app.js"), "If-None-Match", plain);
			assertThat(again.statusCode()).isEqualTo(304);
			assertThat(header(again, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
			assertThat(header(again, "Vary")).isEqualTo("Accept-Encoding");
			assertThat(get(service, file("app.js"), "If-None-Match", compressed).statusCode()).isEqualTo(200);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/console/x/lib/lit-html/lit-html.js.map", "/console/x/lib/lit-html/package.json",
				"/console/x/lib/picocss__pico/css/pico.css", "/console/x/index.html", "/console/x/", "/console/x",
				"/console/x/../index.html", "/index.html", "/static/index.html", "/console/app.js",
				"/webjars/lit/3.3.1/index.js", "/webjars/picocss__pico/2.1.1/css/pico.min.css", "/application.yml" })
		void thatNoPageNeedsAreNotServed(String path) {
			assertThat(get(service, path).statusCode()).isIn(400, 404);
		}

		@Test
		void importOnlyServedFiles() {
			Map<String, String> imports = importMap(text(get(service, "/")));
			modules(service).forEach((address, source) -> assertThat(
					matches("(?:from|import)\\s*\\(?['\"]([^'\"$]+)['\"]", source).map((match) -> match.group(1)))
				.allSatisfy((name) -> {
					String target = target(imports, address, name);
					assertThat(get(service, target).statusCode()).as("%s in %s", name, address).isEqualTo(200);
				}));
		}

	}

	@Test
	void allFilesTogetherAreSmall() {
		int page = get(service, "/").body().length;
		int files = FILES.names()
			.stream()
			.mapToInt((name) -> get(service, file(name), "Accept-Encoding", "gzip").body().length)
			.sum();
		assertThat(page + files).isBetween(20_000, MAX_FIRST_LOAD_BYTES);
	}

	@Nested
	class UnknownPath {

		private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

		@Test
		void showsAPageToABrowser() {
			HttpResponse<byte[]> response = get(service, "/nothing/here", "Accept", BROWSER);
			assertThat(response.statusCode()).isEqualTo(404);
			assertThat(header(response, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
			assertThat(header(response, "Content-Security-Policy"))
				.isEqualTo(header(get(service, "/"), "Content-Security-Policy"));
			assertThat(text(response)).contains("data-status=\"404\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "*/*", "application/json", "application/xhtml+xml", "text/plain", "text/*" })
		void returnsAProblemToOtherClients(String accepted) {
			assertProblem(get(service, "/nothing/here", "Accept", accepted), 404);
		}

		@Test
		void belowTheApiReturnsAProblemToABrowser() {
			assertProblem(get(service, "/api/v1/session", "Accept", BROWSER), 401);
		}

		@Test
		void withParametersShowsAPageToABrowser() {
			HttpResponse<byte[]> response = get(service, "/sign-in;x=1", "Accept", BROWSER);
			assertThat(response.statusCode()).isEqualTo(400);
			assertThat(text(response)).contains("data-status=\"400\"");
		}

		@Test
		void returnsAProblemToAWriteRequest() throws IOException, InterruptedException {
			HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/nothing"))
				.header("Accept", BROWSER)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			assertProblem(HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()), 404);
		}

		private static void assertProblem(HttpResponse<byte[]> response, int status) {
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
		}

	}

	@Nested
	class PathPrefix {

		@Test
		void appliesToAllUrls() {
			HttpResponse<byte[]> response = get(prefixed, "/billing/people/sign-in");
			assertThat(text(response)).contains("data-prefix=\"/billing/people\"");
			assertThat(urls(text(response))).hasSizeGreaterThan(10)
				.allSatisfy((url) -> assertThat(url).startsWith("/billing/people/console/"))
				.filteredOn((url) -> !url.endsWith("/"))
				.allSatisfy((url) -> assertThat(get(prefixed, url).statusCode()).isEqualTo(200));
		}

		@Test
		void changesTheHashInThePolicy() throws NoSuchAlgorithmException {
			HttpResponse<byte[]> response = get(prefixed, "/billing/people/");
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(header(response, "Content-Security-Policy")).contains(importMapHash(text(response)))
				.isNotEqualTo(header(get(service, "/"), "Content-Security-Policy"));
		}

		@Test
		void aloneShowsTheStartPage() {
			assertThat(get(prefixed, "/billing/people").statusCode()).isEqualTo(200);
		}

	}

	private static String file(String name) {
		return "/console/" + FILES.version() + "/" + name;
	}

	private static HttpResponse<byte[]> get(Service from, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(from.url() + path));
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new AssertionError(path, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

	private static String text(HttpResponse<byte[]> response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	private static String header(HttpResponse<byte[]> response, String name) {
		return response.headers().firstValue(name).orElse("");
	}

	private static byte[] unzip(byte[] compressed) throws IOException {
		return new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
	}

	private static Stream<MatchResult> matches(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

	/** The URLs in the page: its links, its scripts and the targets of its import map. */
	private static Stream<String> urls(String html) {
		return Stream.concat(matches("(?:href|src)=\"([^\"]+)\"", html).map((match) -> match.group(1)),
				importMap(html).values().stream());
	}

	private static Map<String, String> importMap(String html) {
		Map<String, String> imports = new TreeMap<>();
		matches("\"([^\"]+)\": \"([^\"]+)\"", html).forEach((match) -> imports.put(match.group(1), match.group(2)));
		return imports;
	}

	private static String importMapHash(String html) throws NoSuchAlgorithmException {
		String map = matches("(?s)<script type=\"importmap\">(.*?)</script>", html).findFirst().orElseThrow().group(1);
		byte[] digest = MessageDigest.getInstance("SHA-256").digest(map.getBytes(StandardCharsets.UTF_8));
		return Base64.getEncoder().encodeToString(digest);
	}

	private static Map<String, String> modules(Service from) {
		Map<String, String> modules = new TreeMap<>();
		FILES.names()
			.stream()
			.filter((name) -> name.endsWith(".js"))
			.forEach((name) -> modules.put(file(name), text(get(from, file(name)))));
		return modules;
	}

	/** Resolves a module specifier (WHATWG HTML, "resolve a module specifier"). */
	private static String target(Map<String, String> imports, String importer, String name) {
		if (name.startsWith(".")) {
			return URI.create(importer).resolve(name).toString();
		}
		return imports.entrySet()
			.stream()
			.filter((entry) -> name.equals(entry.getKey())
					|| (entry.getKey().endsWith("/") && name.startsWith(entry.getKey())))
			.map((entry) -> entry.getValue() + name.substring(entry.getKey().length()))
			.findFirst()
			.orElseThrow(() -> new AssertionError(name + " in " + importer + " has no target"));
	}

}
