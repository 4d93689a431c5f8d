package dev.latchkey.linktoken;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.latchkey.linktoken.LinkToken.Purpose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A link token can be issued only with the key, and is valid for one purpose only.
 */
class LinkTokensTests {

	private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

	private static final UUID SCOPE = UUID.fromString("018f0000-0000-7000-8000-000000000001");

	private static final UUID SUBJECT = UUID.fromString("018f0000-0000-7000-8000-0000000000ff");

	private static final LinkTokens.Key OLD = key(1, 'o');

	private static final LinkTokens.Key NEW = key(2, 'n');

	private final LinkTokens tokens = new LinkTokens(List.of(OLD));

	@ParameterizedTest
	@EnumSource
	void isVerifiedAsItWasIssued(Purpose purpose) {
		for (int version : new int[] { 1, 2, 255, 256, Integer.MAX_VALUE }) {
			LinkToken token = this.tokens.issue(purpose, SCOPE, SUBJECT, version);
			assertThat(token.text()).hasSize(LinkToken.LENGTH).matches("[A-Za-z0-9_-]+");
			assertThat(this.tokens.verify(purpose, token.text())).contains(token);
		}
	}

	@Test
	void isTheSameOnEveryReplicaAndDifferentForOtherIdsAndVersions() {
		String text = issue(1).text();
		assertThat(new LinkTokens(List.of(key(1, 'o'))).issue(Purpose.INVITATION, SCOPE, SUBJECT, 1).text())
			.isEqualTo(text);
		assertThat(issue(2).text()).isNotEqualTo(text);
		assertThat(this.tokens.issue(Purpose.INVITATION, SUBJECT, SCOPE, 1).text()).isNotEqualTo(text);
	}

	@ParameterizedTest
	@EnumSource
	void isInvalidForOtherPurposes(Purpose purpose) {
		String text = this.tokens.issue(purpose, SCOPE, SUBJECT, 1).text();
		for (Purpose other : Purpose.values()) {
			assertThat(this.tokens.verify(other, text).isPresent()).isEqualTo(other == purpose);
		}
	}

	@Test
	void isRejectedIfAnyCharacterIsChanged() {
		String text = issue(1).text();
		for (int index = 0; index < text.length(); index++) {
			for (int letter = 0; letter < ALPHABET.length(); letter++) {
				String changed = text.substring(0, index) + ALPHABET.charAt(letter) + text.substring(index + 1);
				assertThat(this.tokens.verify(Purpose.INVITATION, changed).isPresent()).as(changed)
					.isEqualTo(changed.equals(text));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{}", "%00", "=", " " })
	void hasOneLengthAndAlphabet(String noise) {
		String text = issue(1).text();
		String prefix = text.substring(0, text.length() - noise.length());
		for (String changed : List.of(noise, prefix + noise, text + noise + "=", text + "A", text.substring(1),
				text.substring(0, 91), text.substring(0, 91) + "\uFF11", "\uFF11".repeat(92), "A".repeat(10_000_000))) {
			assertThat(changed.equals(text) ? List.of()
					: this.tokens.verify(Purpose.INVITATION, changed).stream().toList())
				.isEmpty();
		}
		assertThat(this.tokens.verify(Purpose.INVITATION, text.toLowerCase(Locale.ROOT))).isEmpty();
	}

	@Test
	void isNeverPrinted() {
		LinkToken token = issue(1);
		assertThat(token.toString()).doesNotContain(token.text()).doesNotContain(token.text().substring(50));
		assertThat(OLD.toString()).isEqualTo("Key[1]");
	}

	@Nested
	class KeyRotation {

		@Test
		void addsAKeyThatVerifiesAndThenSigns() {
			LinkTokens before = new LinkTokens(List.of(OLD));
			LinkTokens added = new LinkTokens(List.of(OLD, NEW));
			LinkTokens promoted = new LinkTokens(List.of(NEW, OLD));
			LinkTokens after = new LinkTokens(List.of(NEW));
			for (LinkTokens reader : List.of(before, added, promoted)) {
				assertThat(verifies(before, reader)).isTrue();
				assertThat(verifies(added, reader)).isTrue();
			}
			for (LinkTokens reader : List.of(added, promoted, after)) {
				assertThat(verifies(promoted, reader)).isTrue();
			}
			assertThat(verifies(before, after)).isFalse();
			assertThat(verifies(promoted, before)).isFalse();
		}

		@Test
		void rejectsAnotherKeyWithTheSameId() {
			assertThat(verifies(new LinkTokens(List.of(key(1, 'x'))), new LinkTokens(List.of(OLD)))).isFalse();
		}

		@Test
		void requiresUniqueIdsAndThirtyTwoBytes() {
			assertThatIllegalArgumentException().isThrownBy(() -> new LinkTokens(List.of()));
			assertThatIllegalArgumentException().isThrownBy(() -> new LinkTokens(List.of(OLD, key(1, 'x'))));
			assertThatIllegalArgumentException().isThrownBy(() -> key(256, 'x'));
			assertThatIllegalArgumentException().isThrownBy(() -> key(-1, 'x'));
			assertThatIllegalArgumentException().isThrownBy(() -> LinkTokens.Key.of(3, new byte[31]));
		}

		private static boolean verifies(LinkTokens issuer, LinkTokens reader) {
			LinkToken token = issuer.issue(Purpose.INVITATION, SCOPE, SUBJECT, 3);
			return reader.verify(Purpose.INVITATION, token.text()).filter(token::equals).isPresent();
		}

	}

	private LinkToken issue(int version) {
		return this.tokens.issue(Purpose.INVITATION, SCOPE, SUBJECT, version);
	}

	private static LinkTokens.Key key(int id, char letter) {
		return LinkTokens.Key.of(id, String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
	}

}
