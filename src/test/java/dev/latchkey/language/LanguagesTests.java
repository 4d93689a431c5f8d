package dev.latchkey.language;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Selection of the language.
 */
class LanguagesTests {

	private final Languages languages = MessageBundles.read();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			de                                      | de
			DE-at                                   | de
			de-CH-1996                              | de
			en                                      | en
			de-DE, en;q=0.5                         | de
			en;q=0.5, de;q=0.6                      | de
			en;q=0.6, de;q=0.5                      | en
			en, de                                  | en
			fr-CH, fr;q=0.9, de;q=0.8, en;q=0.7     | de
			fr, ja;q=0.9                            | en
			de;q=0, en;q=0.1                        | en
			de;q=0, *                               | en
			fr, *;q=0.5                             | en
			fr , de ; q=0.8                         | de
			', de,, en'                             | de
			*                                       | en
			en-u-nu-thai                            | en
			""")
	void theBestSupportedLanguageIsSelected(String header, String language) {
		assertThat(this.languages.negotiate(List.of(header)).tag()).isEqualTo(language);
	}

	@Test
	void aHeaderCanHaveSeveralLinesAndTabs() {
		assertThat(this.languages.negotiate(List.of("fr", "en;q=0.2,\tde;q=0.4")).tag()).isEqualTo("de");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", ";", "q=1", "de;q=", "de;q=2", "de;q=-1", "de;q=x", "de;x=1", "de_DE",
			"d\u00E9", "toolonglanguage", "de-", "de;q=0.5;q=1", "de\u0000" })
	void anUnreadableHeaderSelectsEnglish(String header) {
		assertThat(this.languages.negotiate(List.of(header)).tag()).isEqualTo("en");
	}

	@Test
	void anEmptyOrTooLongHeaderSelectsEnglish() {
		assertThat(this.languages.negotiate(List.of()).tag()).isEqualTo("en");
		assertThat(this.languages.negotiate(List.of("de," + "fr,".repeat(2000))).tag()).isEqualTo("en");
	}

	@ParameterizedTest
	@CsvSource({ "de, de", "DE, de", "de-at, de-AT", "en-GB, en-GB", "de-1996, de-1996", "de-Latn-CH, de-Latn-CH" })
	void aTagIsParsedToItsCanonicalForm(String tag, String canonical) {
		assertThat(this.languages.parseTag(tag)).isEqualTo(Locale.forLanguageTag(canonical));
		assertThat(this.languages.parseTag(null)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "d", "fr", "und", "x-de", "de_DE", "de-", "-de", "german", "deutsch1", "de de",
			"d\u0435", "de\n", "*", "de-aaaaaaaaa", "de-x-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaa" })
	void anyOtherTagIsRefused(String tag) {
		assertThatExceptionOfType(DomainException.class).isThrownBy(() -> this.languages.parseTag(tag))
			.satisfies((refusal) -> {
				assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_FIELD);
				assertThat(refusal.properties()).containsEntry("field", "locale");
			});
	}

	@Test
	void monthsHaveTheirNameInTheRegion() {
		Instant moment = Instant.parse("2027-01-05T09:05:00Z");
		Map<String, String> expected = Map.of("en", "5 January 2027, 09:05", "en-US", "5 January 2027, 09:05", "de",
				"5. Januar 2027, 09:05", "de-AT", "5. Jänner 2027, 09:05", "fr", "5 January 2027, 09:05");
		expected
			.forEach((tag, text) -> assertThat(this.languages.translations(Locale.forLanguageTag(tag)).dateTime(moment))
				.isEqualTo(text));
	}

	/**
	 * Turkish has another lower case of I, and Arabic has other digits.
	 */
	@Test
	void theDefaultLocaleOfTheMachineIsIrrelevant() {
		Locale before = Locale.getDefault();
		try {
			for (String tag : Arrays.asList("tr", "ar-EG", "de", "th-TH-u-nu-thai")) {
				Locale.setDefault(Locale.forLanguageTag(tag));
				assertThat(MessageBundles.read()
					.translations(Locale.ENGLISH)
					.dateTime(Instant.parse("2027-01-05T09:05:00Z"))).isEqualTo("5 January 2027, 09:05");
				assertThat(this.languages.negotiate(List.of("EN-INDIA")).tag()).isEqualTo("en");
				assertThat(this.languages.translations(Locale.ENGLISH).text("detail.too-long", 1234))
					.isEqualTo("At most 1234 characters.");
			}
		}
		finally {
			Locale.setDefault(before);
		}
	}

}
