package dev.latchkey.http;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * UTF-8 is decoded strictly.
 */
class Utf8Tests {

	@Test
	void validTextIsDecoded() {
		assertThat(Utf8.decode("aä€𝔸\0".getBytes(StandardCharsets.UTF_8))).contains("aä€𝔸\0");
		assertThat(Utf8.decode(new byte[0])).contains("");
	}

	@ParameterizedTest(name = "{0}")
	@ValueSource(strings = { "80", "ff", "c3", "c080", "e08080", "eda080", "edb080", "f4908080", "61c3" })
	void allOtherBytesAreRefused(String hex) {
		assertThat(Utf8.decode(HexFormat.of().parseHex(hex))).isEmpty();
	}

}
