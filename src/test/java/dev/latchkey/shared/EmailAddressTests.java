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
 * Each address has one canonical form, and no other address has the same one.
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
	void keepsTheCaseOfTheLocalPart() {
		assertThat(EmailAddress.of(" Ann@Example.COM").value()).isEqualTo("Ann@example.com");
	}

	@Test
	void isEqualByItsCanonicalForm() {
		assertThat(EmailAddress.of("Ann@example.com")).isEqualTo(EmailAddress.of("ann@EXAMPLE.com"))
			.hasSameHashCodeAs(EmailAddress.of("ann@EXAMPLE.com"))
			.isNotEqualTo(EmailAddress.of("ann+x@example.com"));
	}

	@ParameterizedTest
	@CsvSource({ "Ada@Example.TEST, ada@example.test", "'  ada@example.test  ', ada@example.test",
			"ADA.I@EXAMPLE.TEST, ada.i@example.test", "IRIS@ISTANBUL.TEST, iris@istanbul.test",
			"ada@b\u00fccher.test, ada@xn--bcher-kva.test", "ada@B\u00dcCHER.test, ada@xn--bcher-kva.test",
			"ada@bu\u0308cher.test, ada@xn--bcher-kva.test", "ada@xn--bcher-kva.test, ada@xn--bcher-kva.test",
			"ada@XN--BCHER-KVA.test, ada@xn--bcher-kva.test", "o'neil+news@example.test, o'neil+news@example.test",
			"ada@\u4f8b\u3048.\u30c6\u30b9\u30c8, ada@xn--r8jz45g.xn--zckzah" })
	void hasTheSameCanonicalFormInEveryDefaultLocale(String text, String canonical) {
		Locale before = Locale.getDefault();
		try {
			for (String language : new String[] { "en", "tr", "az", "lt" }) {
				Locale.setDefault(Locale.forLanguageTag(language));
				assertThat(EmailAddress.of(text).canonical()).as(language).isEqualTo(canonical);
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void everyCharacterInADomainIsAcceptedOrRefused() {
		for (int codePoint = 0; codePoint <= 0xFFFF; codePoint++) {
			String text = "a@x" + (char) codePoint + "y.test";
			try {
				assertThat(EmailAddress.of(text).canonical()).matches("[\\x21-\\x7e]+");
				assertThat(codePoint < 0x80 || EmailAddress.of(text).canonical().startsWith("a@xn--")).as(text)
					.isTrue();
			}
			catch (DomainException refused) {
				assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_EMAIL);
			}
		}
	}

	/**
	 * If a letter became an ASCII letter by case folding, composition or mapping, one
	 * user could impersonate another.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\u212aim@example.test", "kim@\u212aelvin.test", "\u0131da@example.test",
			"ida@\u0131ris.test", "\u017fam@example.test", "sam@\u017fun.test", "a\u1fefb@example.test",
			"a@\uff45xample.test", "a@example\u3002test", "a@example\uff0etest", "a@example\uff61test",
			"a@exam\u034fple.test", "a@exam\ufe0fple.test", "a@exam\u00adple.test", "a@exam\u180bple.test",
			"a@stra\u00dfe.test", "a@\ufb01sh.test", "a@\u2126.test\u037e", "a@\u24d0.test", "a@\u2100.test",
			"a@example.te\u017ft", "\u0130da@example.test", "a@\u0130ris.test", "a\u0338@example.test" })
	void refusesCharactersThatFoldToAscii(String text) {
		Refuses.refuses(text);
	}

	@Nested
	class Mailbox {

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
		void invalidAddresses(String text) {
			refuses(text);
		}

		/**
		 * An address is exactly one recipient: never a list, a display name, or a quoted
		 * part that hides a second address.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "a@example.com,b@example.com", "a@example.com;b@example.com",
				"a@example.com b@example.com", "Ann <ann@example.com>", "<ann@example.com>", "\"ann\"@example.com",
				"\"a@b\"@example.com", "ann(comment)@example.com", "a@b@example.com", "[\"a@example.com\"]",
				"a@example.com\nb@example.com", "a%0d%0ab@example.com\r\n.x", "@a:b@example.com" })
		void moreThanOneAddress(String text) {
			refuses(text);
		}

		/**
		 * For example, KELVIN SIGN, dotless i and long s become k, i and s.
		 */
		@ParameterizedTest
		@ValueSource(strings = { "\u212Aen@example.com", "ann@\u212Aen.example", "\u0131nfo@example.com",
				"info@\u0131nfo.example", "\u017Fam@example.com", "sam@\u017Fam.example", "\uFF41nn@example.com",
				"ann@\uFF45xample.com", "ann@ex\u00DFample.com", "ann@example\u3002com", "ann@example\uFF0Ecom",
				"ann@example\uFF61com", "ann@\u0130stanbul.example", "ann@\u2460.example" })
		void charactersThatFoldToAscii(String text) {
			refuses(text);
		}

		@ParameterizedTest
		@ValueSource(strings = { "ann\u0000@example.com", "an\u200Bn@example.com", "ann@exam\u200Bple.com",
				"ann@exam\u00ADple.com", "ann@exam\u034Fple.com", "ann@exam\uFE0Fple.com",
				"ann@b\u00FCch\u034Fer.example", "\u202Eann@example.com", "ann@\u202Eexample.com",
				"ann@exam\uFFFEple.com", "ann@exam\uD800ple.com", "ann\u010A@example.com", "änn@example.com" })
		void invisibleAndUnusualCharacters(String text) {
			refuses(text);
		}

		@Test
		void addressesThatAreTooLong() {
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
