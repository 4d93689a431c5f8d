package dev.latchkey.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Checks that a {@link BrowserVisitor} reports each kind of problem, on pages that have
 * it.
 */
@ServiceTest
class BrowserTests {

	static HttpServer server;

	static String url;

	@BeforeAll
	static void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", BrowserTests::respond);
		server.start();
		url = "http://localhost:" + server.getAddress().getPort();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@Test
	void aPageWithoutProblemsPasses() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			assertThat(visitor.open("/good").title()).isEqualTo("A page");
			visitor.assertNoProblems();
			assertThat(visitor.requests()).contains(url + "/good", url + "/quiet.js");
		}
	}

	@ParameterizedTest
	@CsvSource({ "inline-script, violation: script-src-elem forbids inline", "inline-style, violation: style-src-attr",
			"eval, violation: script-src forbids eval",
			"foreign-image, violation: img-src forbids http://elsewhere.test", "error, console: it is broken",
			"warning, console: it is odd", "throws, exception: ", "rejects, exception: ", "missing, 404",
			"refused, failed: GET http://localhost:1/" })
	void problemsAreReported(String page, String expected) {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/" + page);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertNoProblems);
			assertThat(visitor.problems()).anyMatch((problem) -> problem.contains(expected));
		}
	}

	@Test
	void requestsToOtherHostsAreReportedAndBlocked() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/tracked");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertNoProblems)
				.withMessageContaining("elsewhere.test");
			assertThat(visitor.hosts()).contains("elsewhere.test");
			assertThat(visitor.problems()).anyMatch((problem) -> problem.contains("ERR_NAME_NOT_RESOLVED"));
		}
	}

	@Test
	void expectedProblemsAreIgnored() {
		try (BrowserVisitor visitor = Browser.visit(url).expecting("404")) {
			visitor.open("/missing");
			visitor.assertNoProblems();
		}
	}

	@Test
	void problemsOfOtherTabsAreReported() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/good");
			Page other = visitor.newPage();
			other.navigate(url + "/error");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertNoProblems);
		}
	}

	private static void respond(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		boolean isScript = path.endsWith(".js");
		String text = isScript ? script(path) : page(path);
		exchange.getResponseHeaders().set("Content-Type", isScript ? "text/javascript" : "text/html");
		if (!path.equals("/tracked") && !path.equals("/refused")) {
			exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		try (exchange) {
			exchange.sendResponseHeaders(path.equals("/nothing.js") ? 404 : 200, bytes.length);
			exchange.getResponseBody().write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String page(String path) {
		return "<!DOCTYPE html><title>A page</title><link rel=icon href=/quiet.js>" + switch (path) {
			case "/inline-script" -> "<script>document.title = 'changed'</script>";
			case "/inline-style" -> "<p style='color: red'>red</p>";
			case "/foreign-image", "/tracked" -> "<img src=http://elsewhere.test/pixel.png>";
			case "/refused" -> "<img src=http://localhost:1/>";
			case "/missing" -> "<script src=/nothing.js></script>";
			default -> "<script src=" + (path.equals("/good") ? "/quiet" : path) + ".js></script>";
		};
	}

	private static String script(String path) {
		return switch (path) {
			case "/eval.js" -> "try { eval('1'); } catch (expected) { }";
			case "/error.js" -> "console.error('it is broken');";
			case "/warning.js" -> "console.warn('it is odd');";
			case "/throws.js" -> "throw new Error('it is broken');";
			case "/rejects.js" -> "Promise.reject(new Error('it is broken'));";
			default -> "console.log('all is well');";
		};
	}

}
