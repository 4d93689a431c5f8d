package dev.latchkey.shared;

import dev.latchkey.testing.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The base of links, and the origin from which browsers may send writing requests.
 */
@ServiceTest
class PublicUrlTests {

	@ParameterizedTest
	@CsvSource({ "https://portal.example, https://portal.example", "https://portal.example/, https://portal.example",
			"https://portal.example/users/, https://portal.example/users",
			"http://localhost:8080, http://localhost:8080" })
	void isTheBaseOfLinksWithoutATrailingSlash(String text, String base) {
		assertThat(PublicUrl.of(text)).hasToString(base);
	}

	/**
	 * Browsers send the host in lower case and omit the default port of the scheme.
	 */
	@ParameterizedTest
	@CsvSource({ "https://portal.example/users, https://portal.example",
			"https://Portal.EXAMPLE, https://portal.example", "https://portal.example:443, https://portal.example",
			"http://portal.example:80/x, http://portal.example", "http://portal.example:443, http://portal.example:443",
			"https://portal.example:8443, https://portal.example:8443", "http://[::1]:8080, http://[::1]:8080" })
	void hasTheOriginThatBrowsersSend(String text, String origin) {
		assertThat(PublicUrl.of(text).origin()).isEqualTo(origin);
	}

	@Test
	void isSecureOverHttpsOnly() {
		assertThat(PublicUrl.of("https://portal.example").isSecure()).isTrue();
		assertThat(PublicUrl.of("http://portal.example").isSecure()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "portal.example", "ftp://portal.example", "https://", "https:///x",
			"javascript:x", "https://portal.example?x=1", "https://portal.example#x", "https://user@portal.example",
			"https://a b.example", "//portal.example" })
	void isRefusedIfItIsInvalid(String text) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> PublicUrl.of(text))
			.withMessageContaining("latchkey.base-url");
	}

}
