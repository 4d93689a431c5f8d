package dev.latchkey.docs;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.latchkey.testing.Client;
import dev.latchkey.testing.Client.Response;
import dev.latchkey.testing.RawHttp;
import dev.latchkey.testing.RawHttp.Reply;
import dev.latchkey.testing.Service;
import dev.latchkey.testing.ServiceTest;
import dev.latchkey.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How browsers may cache the documentation, and that no other files are served.
 */
@ServiceTest
class DocsCachingTests {

	private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(docs/[^\"]+)\"");

	static Service service;

	static Client anonymous;

	@BeforeAll
	static void start() {
		service = Service.on(TestDatabase.create()).start();
		anonymous = service.anonymous().atRoot();
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@ParameterizedTest
	@CsvSource({ "/openapi.yaml, application/yaml", "/docs, text/html;charset=UTF-8" })
	void aFileWithAFixedNameIsRevalidated(String path, String type) {
		Response first = anonymous.get(path);
		assertThat(first.status()).isEqualTo(200);
		assertThat(first.headers().get("content-type")).containsExactly(type);
		assertThat(first.headers().get("cache-control")).containsExactly("no-cache");
		assertThat(first.headers().get("etag")).hasSize(1);
		Response again = anonymous.get(path, "If-None-Match", String.valueOf(first.header("ETag")));
		assertThat(again.status()).isEqualTo(304);
		assertThat(again.text()).isEmpty();
		for (String name : List.of("cache-control", "etag", "content-security-policy")) {
			assertThat(again.headers().get(name)).as(name).isEqualTo(first.headers().get(name));
		}
		assertThat(anonymous.get(path, "If-None-Match", "\"0123\"").text()).isEqualTo(first.text());
	}

	@Test
	void onlyThePageAllowsDataImages() {
		String others = String.valueOf(anonymous.get("/openapi.yaml").header("Content-Security-Policy"));
		assertThat(others).startsWith("default-src 'self';").doesNotContain("data:", "unsafe");
		assertThat(anonymous.get("/docs").header("Content-Security-Policy"))
			.isEqualTo(others + "; img-src 'self' data:");
	}

	@Test
	void loadedFilesAreNamedByTheirContentAndCachedPermanently() {
		List<String> paths = loaded();
		assertThat(paths).hasSize(5).allMatch((path) -> path.matches("/docs/[a-z-]+-[0-9a-f]{12}\\.(css|js|svg)"));
		for (String path : paths) {
			Response file = anonymous.get(path);
			assertThat(file.status()).as(path).isEqualTo(200);
			assertThat(file.headers().get("cache-control")).containsExactly("max-age=31536000, public, immutable");
			assertThat(file.header("Content-Type")).as(path).isEqualTo(type(path));
			assertThat(anonymous.get(path.replaceAll("-[0-9a-f]{12}", "-000000000000")).status()).isEqualTo(404);
			assertThat(anonymous.get(path.replaceAll("-[0-9a-f]{12}", "")).status()).isEqualTo(404);
		}
	}

	@ParameterizedTest
	@CsvSource({ "gzip, true", "'br, GZIP', true", "'', false", "gzip;q=0, false", "identity, false" })
	void aFileIsCompressedForClientsThatAcceptGzip(String codings, boolean compressed) {
		String bundle = loaded().stream().filter((path) -> path.contains("bundle")).findFirst().orElseThrow();
		Reply reply = RawHttp.send(service, RawHttp.head("GET", bundle, "Accept-Encoding", codings));
		assertThat(reply.status()).isEqualTo(200);
		assertThat(reply.headers().get("vary")).isEqualTo("Accept-Encoding");
		assertThat(reply.headers().get("content-encoding")).isEqualTo(compressed ? "gzip" : null);
		int length = Integer.parseInt(reply.headers().get("content-length"));
		assertThat(length).isBetween(compressed ? 300_000 : 1_500_000, compressed ? 600_000 : 2_000_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/webjars/swagger-ui/swagger-ui.css", "/webjars/swagger-ui/5.34.1/index.html",
			"/docs/index.html", "/docs/docs.html", "/docs/swagger-ui.css", "/index.html", "/swagger-ui/index.html" })
	void otherFilesOfTheWebJarAreNotServed(String path) {
		assertThat(anonymous.get(path).status()).isEqualTo(404);
	}

	private static List<String> loaded() {
		return LOADED.matcher(anonymous.get("/docs").text())
			.results()
			.map((MatchResult found) -> "/" + found.group(1))
			.toList();
	}

	private static String type(String path) {
		return switch (path.substring(path.lastIndexOf('.') + 1)) {
			case "css" -> "text/css";
			case "js" -> "text/javascript";
			default -> "image/svg+xml";
		};
	}

}
