package dev.latchkey.shared;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A refused address has a message that says what is wrong with it.
 */
class EmailAddressRefusalTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { "jane | EMAIL_WITHOUT_AT_SIGN",
			"jane.example.org | EMAIL_WITHOUT_AT_SIGN", "jane\uFF20example.org | EMAIL_WITHOUT_AT_SIGN",
			"jane@example | EMAIL_DOMAIN_WITHOUT_DOT", "jane@localhost | EMAIL_DOMAIN_WITHOUT_DOT",
			"a@example.org,b@example.org | EMAIL_SEVERAL", "a@example.org b@example.org | EMAIL_SEVERAL",
			"A <a@b.org>; B <b@b.org> | EMAIL_SEVERAL", "Jane <jane@example.org> | EMAIL_WITH_NAME",
			"<jane@example.org> | EMAIL_WITH_NAME", "jane@example.org <jane@example.org> | EMAIL_WITH_NAME",
			"`\"Doe, Jane\" <jane@example.org>` | EMAIL_WITH_NAME", "Jane jane@example.org | EMAIL_WITH_NAME",
			"jane@example.org (Jane) | EMAIL_WITH_NAME", "jane@@example.org | EMAIL_INVALID",
			"jane@example..org | EMAIL_INVALID", ".jane@example.org | EMAIL_INVALID",
			"`\"jane\"@example.org` | EMAIL_INVALID", "mailto:jane@example.org | EMAIL_INVALID",
			"jane@ example.org | EMAIL_INVALID", "jane@127.0.0.1 | EMAIL_INVALID", "jane@ | EMAIL_INVALID",
			"@example.org | EMAIL_INVALID", "@ | EMAIL_INVALID", "`` | EMAIL_INVALID", "` \u200B` | EMAIL_INVALID" })
	void hasItsOwnReason(String text, DetailMessage reason) {
		assertThat(reasonFor(text).message()).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "ja\u00A0ne@example.org, U+00A0", "jane@exam\u200Bple.org, U+200B", "ja\uFEFFne@example.org, U+FEFF",
			"jane@exam\u00ADple.org, U+00AD", "jane@\uFE0Fexample.org, U+FE0F", "\u202Ejane@example.org, U+202E",
			"ja\uDB40\uDD00ne@example.org, U+E0100", "ja\u0007ne@example.org, U+0007",
			"'jane@example.org\u0000', U+0000" })
	void namesTheInvisibleCharacter(String text, String codePoint) {
		assertThat(reasonFor(text))
			.isEqualTo(new DomainException.Sentence(DetailMessage.EMAIL_INVISIBLE_CHARACTER, List.of(codePoint)));
	}

	@ParameterizedTest
	@CsvSource({ "jörg@example.org, ö", "иван@example.org, и", "\uD83D\uDE00@example.org, U+1F600",
			"a\uD800@example.org, U+D800", "\u2018jane@example.org, U+2018" })
	void namesTheCharacterThatIsNotAscii(String text, String character) {
		assertThat(reasonFor(text))
			.isEqualTo(new DomainException.Sentence(DetailMessage.EMAIL_LOCAL_PART_NOT_ASCII, List.of(character)));
	}

	@Test
	void saysHowLongAnAddressCanBe() {
		String label = "b".repeat(63);
		String longest = "a".repeat(64) + "@" + String.join(".", label, label, "b".repeat(57), "org");
		assertThat(EmailAddress.of(longest).ascii()).hasSize(254);
		for (String tooLong : List.of("a" + longest, "a".repeat(65) + "@example.org", "a@" + label + "b.org",
				"a".repeat(10_000) + "@example.org", "a@" + "b.".repeat(10_000) + "org",
				longest.replace("b.org", "bb.org"),
				"a".repeat(64) + "@" + String.join(".", label, label, "ä" + "b".repeat(50), "org"))) {
			assertThat(reasonFor(tooLong)).as(tooLong)
				.isEqualTo(new DomainException.Sentence(DetailMessage.EMAIL_TOO_LONG, List.of(254, 64, 63)));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u00A0jane@example.org", "jane@example.org\u00A0", "\uFEFFjane@example.org",
			"jane@example.org\u200B", "\u2003\u200E jane@example.org\t\u2060\u202F", "\u202Ajane@example.org\u202C",
			"\u3000jane@example.org\uFE0F", "\u00ADjane@example.org\r\n" })
	void isNotGivenForWhatSurroundsAnAddress(String text) {
		assertThat(EmailAddress.of(text).value()).isEqualTo("jane@example.org");
	}

	@Test
	void keepsTheCodeAndTheField() {
		assertThat(refusal("jörg@example.org").code()).isEqualTo(ProblemCode.INVALID_EMAIL);
		assertThat(refusal("jörg@example.org").properties()).containsEntry("field", "email");
	}

	private static DomainException.Sentence reasonFor(String text) {
		return Objects.requireNonNull(refusal(text).sentence());
	}

	private static DomainException refusal(String text) {
		return Objects.requireNonNull(catchThrowableOfType(DomainException.class, () -> EmailAddress.of(text)), text);
	}

}
