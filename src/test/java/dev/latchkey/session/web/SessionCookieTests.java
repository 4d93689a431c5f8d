package dev.latchkey.session.web;

import java.time.Duration;

import dev.latchkey.session.SessionToken;
import dev.latchkey.shared.PublicUrl;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The session cookie with https and with plain http.
 */
class SessionCookieTests {

	private static final SessionToken TOKEN = SessionToken.of("x".repeat(43)).orElseThrow();

	private final SessionCookie secure = new SessionCookie(PublicUrl.of("https://portal.example.test"));

	private final SessionCookie plain = new SessionCookie(PublicUrl.of("http://localhost:8080"));

	@Test
	void isBoundToTheHostAndToTlsWithHttps() {
		assertThat(this.secure.of(TOKEN, Duration.ofDays(7)).toString())
			.startsWith("__Host-latchkey=" + TOKEN.text() + "; Path=/; Max-Age=604800; Expires=")
			.endsWith("; Secure; HttpOnly; SameSite=Lax")
			.doesNotContain("Domain");
	}

	@Test
	void hasANameThatBrowsersAcceptWithPlainHttp() {
		assertThat(this.plain.of(TOKEN, Duration.ofDays(7)).toString())
			.startsWith("latchkey=" + TOKEN.text() + "; Path=/; Max-Age=604800; Expires=")
			.endsWith("; HttpOnly; SameSite=Lax")
			.doesNotContain("Secure", "Domain");
	}

	@Test
	void isDeletedByAnEmptyCookieWithTheSameAttributes() {
		assertThat(this.secure.deletion().toString()).startsWith("__Host-latchkey=; Path=/; Max-Age=0; Expires=")
			.endsWith("; Secure; HttpOnly; SameSite=Lax");
	}

	@Test
	void isReadUnderItsOwnNameOnly() {
		MockServerHttpRequest request = request("__Host-latchkey", TOKEN.text());
		assertThat(this.secure.read(request)).contains(TOKEN);
		assertThat(this.secure.isPresent(request)).isTrue();
		assertThat(this.plain.read(request)).isEmpty();
		assertThat(this.plain.isPresent(request)).isFalse();
	}

	@Test
	void isPresentAlsoIfItContainsNoToken() {
		MockServerHttpRequest request = request("latchkey", "x");
		assertThat(this.plain.read(request)).isEmpty();
		assertThat(this.plain.isPresent(request)).isTrue();
	}

	private static MockServerHttpRequest request(String name, String value) {
		return MockServerHttpRequest.get("/").cookie(new HttpCookie(name, value)).build();
	}

}
