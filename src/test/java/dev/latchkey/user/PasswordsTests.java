package dev.latchkey.user;

import java.util.List;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The rules for new passwords, and how passwords are compared.
 */
class PasswordsTests {

	private static final EmailAddress EMAIL = EmailAddress.of("ann.carter@example.test");

	private final CountingPasswordEncoder encoder = new CountingPasswordEncoder();

	private final Passwords passwords = UserFixture.passwords(this.encoder);

	@Nested
	class Rules {

		@ParameterizedTest
		@ValueSource(strings = { "xkqzvbwj", "seven purple otters", "пароль-из-слов", "        x", "🔒🔑🔒🔑🔒🔑🔒🔑" })
		void acceptEveryOtherTextOfEightCharacters(String password) {
			assertThatNoException().isThrownBy(() -> PasswordsTests.this.passwords.requireStrong(password, EMAIL));
		}

		@Test
		void countCodePointsUpTo128() {
			assertThatNoException()
				.isThrownBy(() -> PasswordsTests.this.passwords.requireStrong("🔑".repeat(128), EMAIL));
			assertWeak("🔑".repeat(129));
			assertWeak("🔑".repeat(7));
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "xkqzvbw" })
		void refuseShortTexts(String password) {
			assertWeak(password);
		}

		/**
		 * The accents are separate characters, which are combined with their letters.
		 */
		@Test
		void countCharactersAfterNormalization() {
			assertWeak("e\u0301".repeat(7));
		}

		@ParameterizedTest
		@ValueSource(strings = { "password", "PassWord", "password1", "12345678", "!!password!!", "1password2" })
		void refuseCommonPasswords(String password) {
			assertWeak(password);
		}

		@ParameterizedTest
		@ValueSource(strings = { "ann.carter", "Ann.Carter", "ann.carter@example.test", "ann.carte" })
		void refuseTheBeginningOfTheAddress(String password) {
			assertWeak(password);
		}

		@Test
		void acceptTextThatContainsTheAddress() {
			assertThatNoException()
				.isThrownBy(() -> PasswordsTests.this.passwords.requireStrong("my ann.carter", EMAIL));
		}

		private void assertWeak(String password) {
			assertThatThrownBy(() -> PasswordsTests.this.passwords.requireStrong(password, EMAIL))
				.isInstanceOfSatisfying(DomainException.class, (refusal) -> {
					assertThat(refusal.code()).isEqualTo(ProblemCode.WEAK_PASSWORD);
					assertThat(refusal.properties()).containsEntry("field", "password");
				});
		}

	}

	@Nested
	class Comparison {

		@Test
		void treatsDifferentEncodingsOfTheSameTextAsEqual() {
			String hash = PasswordsTests.this.passwords.hash("caf\u00e9 otters").block();
			StepVerifier.create(PasswordsTests.this.passwords.matches("cafe\u0301 otters", String.valueOf(hash)))
				.expectNext(true)
				.verifyComplete();
		}

		@Test
		void dependsOnTheCase() {
			String hash = PasswordsTests.this.passwords.hash("seven purple otters").block();
			StepVerifier.create(PasswordsTests.this.passwords.matches("Seven purple otters", String.valueOf(hash)))
				.expectNext(false)
				.verifyComplete();
		}

		@Test
		void withTheDummyComparesOneHashAndNeverMatches() {
			StepVerifier.create(PasswordsTests.this.passwords.compareWithDummy("dummy password"))
				.expectNext(false)
				.verifyComplete();
			StepVerifier.create(PasswordsTests.this.passwords.compareWithDummy("x")).expectNext(false).verifyComplete();
			assertThat(PasswordsTests.this.encoder.comparedHashes())
				.isEqualTo(List.of("hash of dummy password", "hash of dummy password"));
		}

	}

}
