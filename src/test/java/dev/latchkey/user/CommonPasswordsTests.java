package dev.latchkey.user;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which passwords are common: those on the list, and those with little added.
 */
class CommonPasswordsTests {

	private static final CommonPasswords COMMON = new CommonPasswords();

	@ParameterizedTest
	@ValueSource(strings = { "password", "123456", "iloveyou", "password1234", "1234password", "!!password!!" })
	void containListedTextsWithUpToFourOtherCharactersAround(String password) {
		assertThat(COMMON.contains(password)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "password!1234", "pass!1234word", "passwordxqz", "xqzpassword", "xqjkvbwz", "love!!!!x", "!!" })
	void doNotContainOtherTexts(String password) {
		assertThat(COMMON.contains(password)).isFalse();
	}

}
