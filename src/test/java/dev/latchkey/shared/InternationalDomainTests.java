package dev.latchkey.shared;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An address shows the domain that was typed, and is sent to its ASCII form.
 */
class InternationalDomainTests {

	@ParameterizedTest
	@CsvSource({ "Jane@exämple.org, Jane@exämple.org, Jane@xn--exmple-cua.org",
			"Jane@EXÄMPLE.Org, Jane@exämple.org, Jane@xn--exmple-cua.org",
			"Jane@exa\u0308mple.org, Jane@exämple.org, Jane@xn--exmple-cua.org",
			"Jane@XN--exmple-cua.ORG, Jane@xn--exmple-cua.org, Jane@xn--exmple-cua.org",
			"jane@bücher.xn--exmple-cua.org, jane@bücher.xn--exmple-cua.org, jane@xn--bcher-kva.xn--exmple-cua.org",
			"jane@почта.рф, jane@почта.рф, jane@xn--80a1acny.xn--p1ai",
			"jane@почта.com, jane@почта.com, jane@xn--80a1acny.com",
			"jane@例え.テスト, jane@例え.テスト, jane@xn--r8jz45g.xn--zckzah",
			"jane@ラーメン東京abc.jp, jane@ラーメン東京abc.jp, jane@xn--abc-pp4bob9c1c1986asu6b.jp",
			"jane@मराठी.com, jane@मराठी.com, jane@xn--d2b1ag0dl.com",
			"jane@müller-söhne24.de, jane@müller-söhne24.de, jane@xn--mller-shne24-bjb1f.de" })
	void isShownAsTypedAndSentInAscii(String text, String value, String ascii) {
		EmailAddress address = EmailAddress.of(text);
		assertThat(address.value()).isEqualTo(value);
		assertThat(address.ascii()).isEqualTo(ascii);
		assertThat(address.canonical()).isEqualTo(ascii.toLowerCase(Locale.ROOT));
	}

	@Test
	void identifiesTheSameUserInBothForms() {
		assertThat(EmailAddress.of("jane@exämple.org")).isEqualTo(EmailAddress.of("Jane@xn--exmple-cua.org"));
		assertThat(EmailAddress.of("jane+a@exämple.org").mailbox()).isEqualTo("jane@xn--exmple-cua.org");
	}

	/**
	 * Rows that an older release stored have the ASCII form as their value.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "Jane@exämple.org", "Jane@xn--exmple-cua.org", "jane@раураl.com", "jane@example.org" })
	void isReadFromItsValueAgain(String text) {
		EmailAddress address = EmailAddress.of(text);
		assertThat(EmailAddress.of(address.value()).value()).isEqualTo(address.value());
		assertThat(EmailAddress.of(address.ascii())).isEqualTo(address);
		assertThat(new EmailAddress(address.ascii(), address.canonical()).ascii()).isEqualTo(address.ascii());
	}

	/**
	 * In order: Cyrillic and Latin, Greek and Latin, only Cyrillic letters that look
	 * Latin, the same with a digit, only Greek ones, a phonetic g, a sound mark like a
	 * hyphen, a slash, a combining dot, and an apostrophe.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "раураl.com", "gοοgle.com", "аросе.com", "асе24.com", "ανα.com", "ɡoogle.com",
			"exーample.com", "x\u2044y.com", "ex\u0323ample.com", "o\u02bcbrien.com" })
	void isShownInAsciiIfItCouldBeTakenForAnother(String domain) {
		assertThat(EmailAddress.of("jane@" + domain).value()).startsWith("jane@xn--")
			.isEqualTo(EmailAddress.of("jane@" + domain).ascii());
	}

	@Test
	void showsOnlyTheAmbiguousLabelInAscii() {
		assertThat(EmailAddress.of("jane@раураl.bücher.com").value()).isEqualTo("jane@xn--l-7sba6dbr.bücher.com");
		assertThat(EmailAddress.of("jane@аросе.рф").value()).isEqualTo("jane@аросе.рф");
	}

	@ParameterizedTest
	@CsvSource({ "jane@exämple.org, jane@xn--exmple-cua.org", "exämple.o, xn--exmple-cua.o", "jane@, jane@",
			"kim_, kim_", "100%, 100%", "exämple, xn--exmple-cua", "a@ı.org, a@ı.org", "@exämple., @xn--exmple-cua." })
	void isSearchedForInAscii(String part, String ascii) {
		assertThat(EmailAddress.toAsciiLabels(part)).isEqualTo(ascii);
	}

}
