package dev.latchkey.session.web;

import java.util.concurrent.atomic.AtomicBoolean;

import dev.latchkey.server.ServerParts;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.PublicUrl;
import dev.latchkey.testing.Refusals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest.BodyBuilder;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests the CSRF check lets pass, by their method, cookie and origin.
 */
class CsrfFilterTests {

	private static final PublicUrl PUBLIC_URL = PublicUrl.of("https://portal.example.test");

	private final CsrfFilter filter = new CsrfFilter(new SessionCookie(PUBLIC_URL), PUBLIC_URL,
			ServerParts.allowedOrigins("https://console.example.test"));

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS" })
	void safeMethodPassesFromEverySite(String method) {
		assertPasses(withCookie(method).header("Sec-Fetch-Site", "cross-site").header("Origin", "https://evil.test"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "PURGE" })
	void everyOtherMethodWithTheCookieNeedsAnOrigin(String method) {
		assertRefused(withCookie(method));
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, same-origin", "Origin, https://portal.example.test" })
	void writeFromOwnPagesPasses(String header, String value) {
		assertPasses(withCookie("POST").header(header, value));
		assertPasses(withoutCookie("POST").header(header, value));
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site, cross-site", "Sec-Fetch-Site, same-site", "Sec-Fetch-Site, x",
			"Origin, https://evil.test", "Origin, null", "Origin, http://portal.example.test",
			"Origin, https://portal.example.test:8443", "Origin, https://portal.example.test.evil.test" })
	void writeFromAnotherSiteIsRefusedWithAndWithoutTheCookie(String header, String value) {
		assertRefused(withCookie("POST").header(header, value));
		assertRefused(withoutCookie("POST").header(header, value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cross-site", "same-site", "x" })
	void fetchMetadataTakesPrecedenceOverTheOrigin(String site) {
		assertRefused(withCookie("POST").header("Sec-Fetch-Site", site).header("Origin", PUBLIC_URL.origin()));
	}

	/**
	 * The user started the request, for example from the address bar, so no page proves
	 * that it belongs to this service.
	 */
	@Test
	void writeThatTheUserStartedPassesOnlyWithoutTheCookie() {
		assertPasses(withoutCookie("POST").header("Sec-Fetch-Site", "none"));
		assertRefused(withCookie("POST").header("Sec-Fetch-Site", "none"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "DELETE" })
	void writeOfAProgramPassesWithoutTheCookie(String method) {
		assertPasses(withoutCookie(method));
	}

	@Test
	void writeFromAnAllowedOriginPassesOnlyWithoutTheCookie() {
		String origin = "https://console.example.test";
		assertPasses(withoutCookie("POST").header("Origin", origin).header("Sec-Fetch-Site", "cross-site"));
		assertRefused(withCookie("POST").header("Origin", origin).header("Sec-Fetch-Site", "cross-site"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Bearer x", "Basic YTpi", "" })
	void requestWithAnAuthorizationHeaderPasses(String authorization) {
		assertPasses(withCookie("POST").header("Authorization", authorization).header("Origin", "https://evil.test"));
	}

	private static BodyBuilder withCookie(String method) {
		BodyBuilder request = withoutCookie(method);
		request.cookie(new HttpCookie("__Host-latchkey", "x"));
		return request;
	}

	private static BodyBuilder withoutCookie(String method) {
		return MockServerHttpRequest.method(HttpMethod.valueOf(method), "/api/v1/accounts");
	}

	private void assertPasses(MockServerHttpRequest.BaseBuilder<?> request) {
		AtomicBoolean called = new AtomicBoolean();
		StepVerifier.create(filter(request, called)).verifyComplete();
		assertThat(called).isTrue();
	}

	private void assertRefused(MockServerHttpRequest.BaseBuilder<?> request) {
		AtomicBoolean called = new AtomicBoolean();
		Refusals.assertRefused(filter(request, called), ProblemCode.CROSS_SITE_REQUEST);
		assertThat(called).isFalse();
	}

	private Mono<Void> filter(MockServerHttpRequest.BaseBuilder<?> request, AtomicBoolean called) {
		return this.filter.filter(MockServerWebExchange.from(request), (exchange) -> {
			called.set(true);
			return Mono.empty();
		});
	}

}
