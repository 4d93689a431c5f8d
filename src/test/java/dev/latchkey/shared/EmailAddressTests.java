package dev.latchkey.shared;

import java.util.Locale;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Exactly one plain address, in one canonical form, whatever the machine's language.
 */
class EmailAddressTests {

	private final Locale usual = Locale.getDefault();

	@AfterEach
	void speakAsUsual() {
		Locale.setDefault(this.usual);
	}

	@ParameterizedTest
	@CsvSource({ "Ada@Example.TEST, ada@example.test", "'  ada@example.test  ', ada@example.test",
			"ADA.I@EXAMPLE.TEST, ada.i@example.test", "IRIS@ISTANBUL.TEST, iris@istanbul.test",
			"ada@b\u00fccher.test, ada@xn--bcher-kva.test", "ada@B\u00dcCHER.test, ada@xn--bcher-kva.test",
			"ada@bu\u0308cher.test, ada@xn--bcher-kva.test", "ada@xn--bcher-kva.test, ada@xn--bcher-kva.test",
			"ada@XN--BCHER-KVA.test, ada@xn--bcher-kva.test", "o'neil+news@example.test, o'neil+news@example.test",
			"ada@\u4f8b\u3048.\u30c6\u30b9\u30c8, ada@xn--r8jz45g.xn--zckzah" })
	void everySpellingHasOneCanonicalForm(String text, String canonical) {
		for (String language : new String[] { "en", "tr", "az", "lt" }) {
			Locale.setDefault(Locale.forLanguageTag(language));
			assertThat(EmailAddress.of(text).canonical()).as(language).isEqualTo(canonical);
		}
	}

	/**
	 * A letter that turns into an ASCII one when it is folded, composed or mapped would
	 * let somebody be taken for somebody else.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "\u212aim@example.test", "kim@\u212aelvin.test", "\u0131da@example.test",
			"ida@\u0131ris.test", "\u017fam@example.test", "sam@\u017fun.test", "a\u1fefb@example.test",
			"a@\uff45xample.test", "a@example\u3002test", "a@example\uff0etest", "a@example\uff61test",
			"a@exam\u034fple.test", "a@exam\ufe0fple.test", "a@exam\u00adple.test", "a@exam\u180bple.test",
			"a@stra\u00dfe.test", "a@\ufb01sh.test", "a@\u2126.test\u037e", "a@\u24d0.test", "a@\u2100.test",
			"a@example.te\u017ft", "\u0130da@example.test", "a@\u0130ris.test", "a\u0338@example.test" })
	void whatFoldsToAsciiIsRefused(String text) {
		assertRefused(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "@", "a@", "@b.test", "a@b", "a b@example.test", "a@b@example.test",
			"a@example.test,b@example.test", "a@example.test b@example.test", "Ada <a@example.test>",
			"<a@example.test>", "\"a\"@example.test", "a(x)@example.test", "a@[127.0.0.1]", "a@127.0.0.1",
			"a@[IPv6:::1]", "a..b@example.test", "a@example..test", "a@example.test.", "a@-b.test", "a@b-.test",
			"a\u0000@example.test", "a@exam\u0000ple.test", "a\r\n@example.test", "a@exam\r\nple.test",
			"a@\u202eexample.test", "a\u200b@example.test", "a@\ud800.test", "\ud800@example.test",
			"a@\udc00\ud800.test", "a@\ud83d.test", "a@\uffff.test", "a@\ufdd0.test", "a@xn--.test",
			"a@xn--\u00fc.test", "a:b@example.test" })
	void whatIsNotOnePlainAddressIsRefused(String text) {
		assertRefused(text);
	}

	@Test
	void noTextOfTwoCharactersInADomainIsAnythingButAnAddressOrARefusal() {
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

	@Test
	void aliasesAreDifferentPeopleWithOneMailbox() {
		EmailAddress plain = EmailAddress.of("ada@example.test");
		EmailAddress alias = EmailAddress.of("Ada+news@example.test");
		assertThat(alias).isNotEqualTo(plain);
		assertThat(alias.mailbox()).isEqualTo(plain.mailbox());
	}

	private static void assertRefused(String text) {
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> EmailAddress.of(text))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo(ProblemCode.INVALID_EMAIL));
	}

}
