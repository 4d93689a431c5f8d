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
 * The console over HTTP: what browsers are given, what they may keep, and what they are
 * forbidden.
 */
class ConsoleRoutesTests {

	private static final ConsoleFiles FILES = new ConsoleFiles();

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final String ID = "0199b1c2-7c11-7d5e-9a3f-2f6b1f0c9d10";

	private static final int BUDGET = 150_000;

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

	/** The paths that the pages' own router knows. */
	static Stream<String> pages() {
		return all("path: '([^']+)'", text(get(service, file("routing/routes.js"))))
			.map((match) -> match.group(1).replaceAll("\\{\\w+}", ID));
	}

	@Nested
	class ThePage {

		@ParameterizedTest
		@MethodSource("dev.latchkey.console.ConsoleRoutesTests#pages")
		void isServedWhereverItsOwnRouterLeads(String path) {
			HttpResponse<byte[]> answer = get(service, path);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(header(answer, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(text(answer)).isEqualTo(text(get(service, "/"))).contains("data-status=\"200\"");
		}

		@Test
		void isAskedForEachTimeAndSentOnlyIfItHasChanged() {
			HttpResponse<byte[]> answer = get(service, "/");
			assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
			HttpResponse<byte[]> again = get(service, "/", "If-None-Match", header(answer, "ETag"));
			assertThat(again.statusCode()).isEqualTo(304);
			assertThat(again.body()).isEmpty();
			assertThat(header(again, "Content-Security-Policy")).isEqualTo(header(answer, "Content-Security-Policy"))
				.contains("sha256-");
		}

		/**
		 * What a 304 says replaces what the browser has kept: without the policy, the
		 * page would be dead at its second visit.
		 */
		@Test
		void thatHasNotChangedKeepsItsPolicyAndItsTerms() {
			HttpResponse<byte[]> answer = get(service, "/");
			HttpResponse<byte[]> again = get(service, "/", "If-None-Match", header(answer, "ETag"));
			for (String name : List.of("Content-Security-Policy", "Cache-Control", "ETag", "Referrer-Policy")) {
				assertThat(again.headers().allValues(name)).as(name).isEqualTo(answer.headers().allValues(name));
			}
		}

		@Test
		void allowsItsImportMapByItsHashAndNothingElseThatIsInline() throws NoSuchAlgorithmException {
			HttpResponse<byte[]> answer = get(service, "/");
			assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'self'; script-src 'self' "
					+ "'sha256-" + importMapHash(text(answer)) + "'; img-src 'self' data:; base-uri 'none'; "
					+ "object-src 'none'; form-action 'self'; frame-ancestors 'none'; "
					+ "require-trusted-types-for 'script'; trusted-types lit-html");
			assertThat(text(answer)).doesNotContain("<style", "style=", "onclick", "<base");
			assertThat(all("<script(?![^>]*src=)", text(answer))).hasSize(1);
		}

		@Test
		void namesNothingFromOutsideAndNothingThatIsNotThere() {
			assertThat(addresses(text(get(service, "/")))).hasSizeGreaterThan(10)
				.allSatisfy((address) -> assertThat(address).startsWith("/console/"))
				.filteredOn((address) -> !address.endsWith("/"))
				.allSatisfy((address) -> assertThat(get(service, address).statusCode()).isEqualTo(200));
		}

		@Test
		void keepsItsSecretsFromWhereverALinkLeads() {
			HttpResponse<byte[]> answer = get(service, "/invitation");
			assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(header(answer, "X-Frame-Options")).isEqualTo("DENY");
			assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
		}

	}

	@Nested
	class AFile {

		@Test
		void isKeptForGood() {
			HttpResponse<byte[]> answer = get(service, file("app.js"));
			assertThat(header(answer, "Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
			assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
		}

		@Test
		void ofAnotherVersionIsServedButNotKept() {
			HttpResponse<byte[]> answer = get(service, "/console/0000000000000000/app.js");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
			assertThat(text(answer)).isEqualTo(text(get(service, file("app.js"))));
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
		void isCompressedForWhomeverTakesIt(String accepted, boolean compressed) throws IOException {
			HttpResponse<byte[]> answer = get(service, file("app.js"), "Accept-Encoding", accepted);
			assertThat(header(answer, "Content-Encoding")).isEqualTo(compressed ? "gzip" : "");
			assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
			byte[] plain = compressed ? unzip(answer.body()) : answer.body();
			assertThat(plain).isEqualTo(get(service, file("app.js")).body());
		}

		@Test
		void isNotSentAgainToWhomeverHasIt() {
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
		void thatNoPageNeedsIsNotServed(String path) {
			assertThat(get(service, path).statusCode()).isIn(400, 404);
		}

		@Test
		void importsOnlyWhatIsServed() {
			Map<String, String> imports = importMap(text(get(service, "/")));
			modules(service).forEach((address,
					source) -> assertThat(
							all("(?:from|import)\\s*\\(?['\"]([^'\"$]+)['\"]", source).map((match) -> match.group(1)))
						.allSatisfy((name) -> {
							String target = target(imports, address, name);
							assertThat(get(service, target).statusCode()).as("%s in %s", name, address).isEqualTo(200);
						}));
		}

	}

	@Test
	void everythingTogetherIsLessThanAFirstLoadMayCost() {
		int page = get(service, "/").body().length;
		int files = FILES.names()
			.stream()
			.mapToInt((name) -> get(service, file(name), "Accept-Encoding", "gzip").body().length)
			.sum();
		assertThat(page + files).isBetween(20_000, BUDGET);
	}

	@Nested
	class AStray {

		private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

		@Test
		void browserIsShownAPage() {
			HttpResponse<byte[]> answer = get(service, "/nothing/here", "Accept", BROWSER);
			assertThat(answer.statusCode()).isEqualTo(404);
			assertThat(header(answer, "Content-Type")).isEqualTo("text/html;charset=UTF-8");
			assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
			assertThat(header(answer, "Content-Security-Policy"))
				.isEqualTo(header(get(service, "/"), "Content-Security-Policy"));
			assertThat(text(answer)).contains("data-status=\"404\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "*/*", "application/json", "application/xhtml+xml", "text/plain", "text/*" })
		void programIsToldSo(String accepted) {
			isAProblem(get(service, "/nothing/here", "Accept", accepted), 404);
		}

		@Test
		void browserInTheApiIsToldAsProgramsAre() {
			isAProblem(get(service, "/api/v1/session", "Accept", BROWSER), 401);
		}

		@Test
		void browserWithAPathThatIsNotPlainIsShownAPage() {
			HttpResponse<byte[]> answer = get(service, "/sign-in;x=1", "Accept", BROWSER);
			assertThat(answer.statusCode()).isEqualTo(400);
			assertThat(text(answer)).contains("data-status=\"400\"");
		}

		@Test
		void writeIsNeverAnsweredWithAPage() throws IOException, InterruptedException {
			HttpRequest request = HttpRequest.newBuilder(URI.create(service.url() + "/nothing"))
				.header("Accept", BROWSER)
				.POST(HttpRequest.BodyPublishers.noBody())
				.build();
			isAProblem(HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()), 404);
		}

		private static void isAProblem(HttpResponse<byte[]> answer, int status) {
			assertThat(answer.statusCode()).isEqualTo(status);
			assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
		}

	}

	@Nested
	class BelowAPrefix {

		@Test
		void everythingIsBelowIt() {
			HttpResponse<byte[]> answer = get(prefixed, "/billing/people/sign-in");
			assertThat(text(answer)).contains("data-prefix=\"/billing/people\"");
			assertThat(addresses(text(answer))).hasSizeGreaterThan(10)
				.allSatisfy((address) -> assertThat(address).startsWith("/billing/people/console/"))
				.filteredOn((address) -> !address.endsWith("/"))
				.allSatisfy((address) -> assertThat(get(prefixed, address).statusCode()).isEqualTo(200));
		}

		@Test
		void thePolicyIsThatOfThisPage() throws NoSuchAlgorithmException {
			HttpResponse<byte[]> answer = get(prefixed, "/billing/people/");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(header(answer, "Content-Security-Policy")).contains(importMapHash(text(answer)))
				.isNotEqualTo(header(get(service, "/"), "Content-Security-Policy"));
		}

		@Test
		void thePrefixAloneIsTheStartPageToo() {
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

	private static String text(HttpResponse<byte[]> answer) {
		return new String(answer.body(), StandardCharsets.UTF_8);
	}

	private static String header(HttpResponse<byte[]> answer, String name) {
		return answer.headers().firstValue(name).orElse("");
	}

	private static byte[] unzip(byte[] compressed) throws IOException {
		return new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes();
	}

	private static Stream<MatchResult> all(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

	/** What the page names: its links, its scripts, and what its import map leads to. */
	private static Stream<String> addresses(String html) {
		return Stream.concat(all("(?:href|src)=\"([^\"]+)\"", html).map((match) -> match.group(1)),
				importMap(html).values().stream());
	}

	private static Map<String, String> importMap(String html) {
		Map<String, String> imports = new TreeMap<>();
		all("\"([^\"]+)\": \"([^\"]+)\"", html).forEach((match) -> imports.put(match.group(1), match.group(2)));
		return imports;
	}

	private static String importMapHash(String html) throws NoSuchAlgorithmException {
		String map = all("(?s)<script type=\"importmap\">(.*?)</script>", html).findFirst().orElseThrow().group(1);
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

	/** Where an import leads (WHATWG HTML, resolving a module specifier). */
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
			.orElseThrow(() -> new AssertionError(name + " in " + importer + " leads nowhere"));
	}

}
