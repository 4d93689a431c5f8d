package dev.latchkey.shared;

import java.util.Locale;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One canonical form for each address, and no second address that turns into it.
 */
class EmailAddressTests {

	@ParameterizedTest
	@CsvSource({ "ann@example.com, ann@example.com", "'  Ann@Example.COM ', ann@example.com",
			"ANN+Tag@example.com, ann+tag@example.com", "ann@bücher.example, ann@xn--bcher-kva.example",
			"ann@BÜCHER.example, ann@xn--bcher-kva.example", "ann@bu\u0308cher.example, ann@xn--bcher-kva.example",
			"ann@xn--bcher-kva.example, ann@xn--bcher-kva.example", "o'neil@example.co.uk, o'neil@example.co.uk",
			"a.b-c_d@a-b.example, a.b-c_d@a-b.example" })
	void hasOneCanonicalForm(String text, String canonical) {
		assertThat(EmailAddress.of(text).canonical()).isEqualTo(canonical);
	}

	@Test
	void keepsTheSpellingToWriteTo() {
		assertThat(EmailAddress.of(" Ann@Example.COM").value()).isEqualTo("Ann@example.com");
	}

	@Test
	void isEqualByItsCanonicalForm() {
		assertThat(EmailAddress.of("Ann@example.com")).isEqualTo(EmailAddress.of("ann@EXAMPLE.com"))
			.hasSameHashCodeAs(EmailAddress.of("ann@EXAMPLE.com"))
			.isNotEqualTo(EmailAddress.of("ann+x@example.com"));
	}

	@Test
	void isTheSameWhereTheSmallLetterOfIHasNoDot() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.forLanguageTag("tr"));
			assertThat(EmailAddress.of("INFO@ISTANBUL.EXAMPLE").canonical()).isEqualTo("info@istanbul.example");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Nested
	class TheMailboxForLimits {

		@ParameterizedTest
		@CsvSource({ "ann@example.com, ann@example.com", "Ann+one@example.com, ann@example.com",
				"ann+one+two@example.com, ann@example.com", "+ann@example.com, +ann@example.com" })
		void isTheSameForAllTags(String text, String mailbox) {
			assertThat(EmailAddress.of(text).mailbox()).isEqualTo(mailbox);
		}

	}

	@Nested
	class Refuses {

		@ParameterizedTest
		@ValueSource(strings = { "", " ", "@", "ann", "ann@", "@example.com", "ann@example", "ann@example.com.",
				"ann@.example.com", "ann@-a.example", "ann@a-.example", "ann@a_b.example", "ann@127.0.0.1",
				"ann@[127.0.0.1]", ".ann@example.com", "ann.@example.com", "a..b@example.com" })
		void whatIsNoAddress(String text) {
			refuses(text);
		}

		/**
		 * One address is one recipient: never a list, a display name or a quoted part in
		 * which a second one hides.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "a@example.com,b@example.com", "a@example.com;b@example.com",
				"a@example.com b@example.com", "Ann <ann@example.com>", "<ann@example.com>", "\"ann\"@example.com",
				"\"a@b\"@example.com", "ann(comment)@example.com", "a@b@example.com", "[\"a@example.com\"]",
				"a@example.com\nb@example.com", "a%0d%0ab@example.com\r\n.x", "@a:b@example.com" })
		void moreThanExactlyOneAddress(String text) {
			refuses(text);
		}

		/**
		 * KELVIN SIGN, dotless i and long s are other letters that become k, i and s.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "\u212Aen@example.com", "ann@\u212Aen.example", "\u0131nfo@example.com",
				"info@\u0131nfo.example", "\u017Fam@example.com", "sam@\u017Fam.example", "\uFF41nn@example.com",
				"ann@\uFF45xample.com", "ann@ex\u00DFample.com", "ann@example\u3002com", "ann@example\uFF0Ecom",
				"ann@example\uFF61com", "ann@\u0130stanbul.example", "ann@\u2460.example" })
		void whatFoldsToAscii(String text) {
			refuses(text);
		}

		@ParameterizedTest
		@ValueSource(strings = { "ann\u0000@example.com", "an\u200Bn@example.com", "ann@exam\u200Bple.com",
				"ann@exam\u00ADple.com", "ann@exam\u034Fple.com", "ann@exam\uFE0Fple.com",
				"ann@b\u00FCch\u034Fer.example", "\u202Eann@example.com", "ann@\u202Eexample.com",
				"ann@exam\uFFFEple.com", "ann@exam\uD800ple.com", "ann\u010A@example.com", "änn@example.com" })
		void whatNobodyCanSeeOrType(String text) {
			refuses(text);
		}

		@Test
		void whatIsTooLong() {
			String local = "a".repeat(64);
			String label = "b".repeat(63);
			assertThat(EmailAddress.of(local + "@" + label + ".example").value()).hasSize(136);
			refuses(local + "a@example.com");
			refuses("a@" + label + "b.example");
			refuses(local + "@" + String.join(".", label, label, label) + ".example");
		}

		private static void refuses(String text) {
			assertThatExceptionOfType(DomainException.class).isThrownBy(() -> EmailAddress.of(text))
				.satisfies((refusal) -> assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_EMAIL));
		}

	}

}
