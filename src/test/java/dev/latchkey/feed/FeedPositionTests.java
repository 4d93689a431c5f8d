package dev.latchkey.feed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cursor consists of two numbers with a hyphen between them; every other text is not a
 * cursor.
 */
class FeedPositionTests {

	@ParameterizedTest
	@ValueSource(strings = { "0-0", "4503599627370495-1", "1-999999999999999999" })
	void isParsedFromItsText(String text) {
		assertThat(FeedPosition.of(text)).hasValueSatisfying((position) -> assertThat(position).hasToString(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-", "1", "1-", "-1", "1--1", "1-1-1", "1-1 ", " 1-1", "+1-1", "1-1e3", "0x1-1",
			"\u0661-\u0661", "1-1\n", "12345678901234567-1", "1-1234567890123456789", "a-b", "1-1\u0000" })
	void isNotParsedFromOtherTexts(String text) {
		assertThat(FeedPosition.of(text)).isEmpty();
	}

	@Test
	void hasItsEpochBeforeItsNumber() {
		assertThat(FeedPosition.of("7-3")).contains(new FeedPosition(7, 3));
		assertThat(FeedPosition.of("007-03")).contains(new FeedPosition(7, 3));
		assertThat(FeedPosition.of("9999999999999999-999999999999999999"))
			.contains(new FeedPosition(9_999_999_999_999_999L, 999_999_999_999_999_999L));
		assertThat(new FeedPosition(7, 3)).hasToString("7-3");
	}

	@Test
	void thatIsUnreadableCannotBeParsed() {
		assertThat(FeedPosition.of(FeedPosition.UNREADABLE.toString())).isEmpty();
	}

}
