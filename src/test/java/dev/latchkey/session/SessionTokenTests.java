package dev.latchkey.session;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The form of session tokens.
 */
class SessionTokenTests {

	private static final String VALID = "AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZa";

	@Test
	void aRandomTokenHas256BitsAndIsReadAsItself() {
		SessionToken token = SessionToken.random();
		assertThat(token.text()).matches("[A-Za-z0-9_-]{43}");
		assertThat(SessionToken.of(token.text())).contains(token);
		assertThat(SessionToken.random()).isNotEqualTo(token);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "x", VALID + "x", " " + VALID, VALID + "\n", "AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZ=",
					"AZaz09+/AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZa", "äZaz09-_AZaz09-_AZaz09-_AZaz09-_AZaz09-_AZa" })
	void textOfAnotherFormIsNoToken(String text) {
		assertThat(SessionToken.of(text)).isEmpty();
	}

	@Test
	void textIsHiddenInLogs() {
		assertThat(SessionToken.of(VALID)).hasToString("Optional[SessionToken]");
	}

	@Test
	void hashIsTheSameForEqualTokensAndDoesNotContainTheToken() {
		SessionToken token = SessionToken.of(VALID).orElseThrow();
		assertThat(token.hash()).hasSize(32).isEqualTo(SessionToken.of(VALID).orElseThrow().hash());
		assertThat(token.hash()).isNotEqualTo(SessionToken.random().hash());
	}

}
