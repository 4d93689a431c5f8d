package dev.latchkey.mail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mail programs do not turn names into links.
 */
class UnlinkedTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://evil.example/x", "evil.example", "Pay at www.evil.example now",
			"ann@evil.example", "mailto:ann@evil.example", "\\\\evil\\share", "x.y", "evil\u3002example",
			"evil\uFF0Eexample", "evil\uFF61example" })
	void containsNothingThatLooksLikeAnAddress(String text) {
		String separator = "[.:/@\\\\\u3002\uFF0E\uFF61]";
		assertThat(UnlinkedText.of(text)).doesNotContainPattern("[^\\s\u2060]" + separator + "[^\\s\u2060]")
			.doesNotContainPattern(separator + "{2}");
		assertThat(UnlinkedText.of(text).replace("\u2060", "")).isEqualTo(text);
	}

	@Test
	void leavesOrdinaryNamesUnchanged() {
		for (String name : new String[] { "Zoë & Søns <GmbH>", "Ann B. Carter", "Smith & Co.", "A / B" }) {
			assertThat(UnlinkedText.of(name)).isEqualTo(name);
		}
	}

}
