package dev.latchkey.http;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The search text of a list request.
 */
class SearchTextTests {

	@Test
	void isStrippedComposedAndInLowerCase() {
		assertThat(SearchText.of(request("  A\u0308da LOVE\u2003"))).isEqualTo("äda love");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "\u2003" })
	void isNullIfBlank(String text) {
		assertThat(SearchText.of(request(text))).isNull();
	}

	@Test
	void isNullWithoutTheParameter() {
		assertThat(SearchText.of(MockServerRequest.builder().build())).isNull();
	}

	@Test
	void hasUpTo100Characters() {
		String longest = "𝔸".repeat(100);
		assertThat(SearchText.of(request(longest))).isEqualTo(longest);
		refused(longest + "a");
		refused(" ".repeat(101));
	}

	@Test
	void hasNoNulCharacter() {
		refused("a\0b");
	}

	private static void refused(String text) {
		DomainException refusal = refusalOf(() -> SearchText.of(request(text)));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(refusal.properties()).containsEntry("field", "q");
	}

	private static MockServerRequest request(String text) {
		return MockServerRequest.builder().queryParam("q", text).build();
	}

}
