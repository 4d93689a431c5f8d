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
 * Whether a visitor would notice what must not happen on a page, shown on pages where it
 * does.
 */
class BrowserTests {

	static HttpServer server;

	static String url;

	@BeforeAll
	static void start() throws IOException {
		server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.createContext("/", BrowserTests::answer);
		server.start();
		url = "http://localhost:" + server.getAddress().getPort();
	}

	@AfterAll
	static void stop() {
		server.stop(0);
	}

	@Test
	void aGoodPageIsNothingToComplainOf() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			assertThat(visitor.open("/good").title()).isEqualTo("A page");
			visitor.assertContent();
			assertThat(visitor.requests()).contains(url + "/good", url + "/quiet.js");
		}
	}

	@ParameterizedTest
	@CsvSource({ "inline-script, violation: script-src-elem forbids inline", "inline-style, violation: style-src-attr",
			"eval, violation: script-src forbids eval",
			"foreign-image, violation: img-src forbids http://elsewhere.test", "error, console: it is broken",
			"warning, console: it is odd", "throws, exception: ", "rejects, exception: ", "missing, 404",
			"refused, failed: GET http://localhost:1/" })
	void whatGoesWrongIsHeardOf(String page, String complaint) {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/" + page);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertContent);
			assertThat(visitor.complaints()).anyMatch((heard) -> heard.contains(complaint));
		}
	}

	@Test
	void aRequestToAnotherHostIsSeenAndReachesNobody() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/tracked");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertContent)
				.withMessageContaining("elsewhere.test");
			assertThat(visitor.hosts()).contains("elsewhere.test");
			assertThat(visitor.complaints()).anyMatch((heard) -> heard.contains("ERR_NAME_NOT_RESOLVED"));
		}
	}

	@Test
	void whatIsExpectedIsNothingToComplainOf() {
		try (BrowserVisitor visitor = Browser.visit(url).expecting("404")) {
			visitor.open("/missing");
			visitor.assertContent();
		}
	}

	@Test
	void anotherTabIsHeardToo() {
		try (BrowserVisitor visitor = Browser.visit(url)) {
			visitor.open("/good");
			Page other = visitor.newPage();
			other.navigate(url + "/error");
			assertThatExceptionOfType(AssertionError.class).isThrownBy(visitor::assertContent);
		}
	}

	private static void answer(HttpExchange exchange) {
		String path = exchange.getRequestURI().getPath();
		boolean script = path.endsWith(".js");
		String text = script ? script(path) : page(path);
		exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html");
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
