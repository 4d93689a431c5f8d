package dev.latchkey.server;

import dev.latchkey.shared.PublicUrl;
import dev.latchkey.testing.RouterClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Every response has security headers, refusals included.
 */
class SecurityHeadersTests {

	@ParameterizedTest
	@ValueSource(strings = { "/plain", "/api/v1/unknown" })
	void everyResponseHasThem(String path) {
		get("https://latchkey.example", path).expectHeader()
			.valueEquals("Cache-Control", "no-store")
			.expectHeader()
			.valueEquals("Content-Security-Policy",
					"default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY")
			.expectHeader()
			.valueEquals("Referrer-Policy", "no-referrer")
			.expectHeader()
			.valueEquals("Cross-Origin-Opener-Policy", "same-origin")
			.expectHeader()
			.valueEquals("Cross-Origin-Resource-Policy", "same-origin")
			.expectHeader()
			.valueEquals("Strict-Transport-Security", "max-age=31536000");
	}

	@Test
	void cachingAndPolicyOfTheHandlerAreKept() {
		get("https://latchkey.example", "/own").expectHeader()
			.valueEquals("Cache-Control", "no-cache")
			.expectHeader()
			.valueEquals("Content-Security-Policy", "sandbox");
	}

	@Test
	void transportSecurityNeedsAPublicUrlWithTls() {
		get("http://localhost:8080", "/plain").expectHeader().doesNotExist("Strict-Transport-Security");
	}

	private static WebTestClient.ResponseSpec get(String publicUrl, String path) {
		return RouterClient
			.of(RouterFunctions.route()
				.GET("/plain", (request) -> ServerResponse.ok().build())
				.GET("/own",
						(request) -> ServerResponse.ok()
							.header("Cache-Control", "no-cache")
							.header("Content-Security-Policy", "sandbox")
							.build())
				.build())
			.filter(new SecurityHeaders(PublicUrl.of(publicUrl)))
			.build()
			.get()
			.uri(path)
			.exchange();
	}

}
