package dev.latchkey.http;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A coding is accepted if the client names it or everything, with a quality above zero.
 */
class AcceptEncodingTests {

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "GZIP", "br, gzip", "gzip;q=0.001", "gzip ; q=1", "*", "br;q=0, *",
			"deflate,\tgzip;q=0.5" })
	void isAccepted(String header) {
		assertThat(AcceptEncoding.accepts("gzip", List.of(header))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "br", "gzip;q=0", "gzip;q=0.000", "gzip; Q=0", "*;q=0", "gzip;q=0, *", "xgzip", "gzipped" })
	void isNotAccepted(String header) {
		assertThat(AcceptEncoding.accepts("gzip", List.of(header))).isFalse();
	}

	@Test
	void isNotAcceptedWithoutTheHeader() {
		assertThat(AcceptEncoding.accepts("gzip", List.of())).isFalse();
	}

	@Test
	void severalHeaderLinesAreOneList() {
		assertThat(AcceptEncoding.accepts("gzip", List.of("br", "gzip"))).isTrue();
	}

}
