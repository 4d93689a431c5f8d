package dev.latchkey.shared;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The names and reasons that users can enter.
 */
class DisplayTextTests {

	@ParameterizedTest
	@ValueSource(strings = { "Ann", "Zoë & Søns <GmbH>", "O'Neil", "李小龍", "محمد", "👩\u200D💻 Ltd", "a\u200Cb", "x" })
	void isUnchangedIfValid(String text) {
		assertThat(DisplayText.name("name", text)).isEqualTo(text);
	}

	@Test
	void isStrippedAndNormalized() {
		assertThat(DisplayText.name("name", "  Zoe\u0308\t")).isEqualTo("Zo\u00EB");
	}

	@Test
	void isMeasuredInCodePoints() {
		String eighty = "\uD83D\uDE00".repeat(80);
		assertThat(DisplayText.name("name", eighty)).isEqualTo(eighty);
		refuses(eighty + "x");
		assertThat(DisplayText.reason("reason", "x".repeat(300))).hasSize(300);
		assertThatExceptionOfType(DomainException.class)
			.isThrownBy(() -> DisplayText.reason("reason", "x".repeat(301)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\t\n", "\u3000" })
	void isNotBlank(String text) {
		refuses(text);
	}

	/**
	 * A line break could inject a header or an event, and a direction mark could reverse
	 * the text around it.
	 */
	@ParameterizedTest
	@ValueSource(
			strings = { "a\nb", "a\rb", "a\tb", "a\u0000b", "a\u007Fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202Eb",
					"a\u2066b", "a\u200Fb", "a\u200Bb", "a\uFEFFb", "a\uE000b", "a\uD800b", "a\uFFFEb", "a\u00ADb" })
	void isOneLineOfVisibleCharacters(String text) {
		refuses(text);
	}

	private static void refuses(String text) {
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> DisplayText.name("name", text))
			.satisfies((refusal) -> {
				assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
				assertThat(refusal.properties()).containsEntry("field", "name");
			});
	}

}
