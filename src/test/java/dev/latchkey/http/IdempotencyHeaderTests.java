package dev.latchkey.http;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The key that identifies one request.
 */
class IdempotencyHeaderTests {

	@Test
	void aRequestNeedsNoKey() {
		assertThat(IdempotencyHeader.of(MockServerRequest.builder().build(), "create")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "k", "!~", "8e03978e-40d5-43dd-bc93-6894a57f9324",
			"0123456789012345678901234567890123456789012345678901234567890123" })
	void aKeyHas1To64VisibleCharacters(String key) {
		assertThat(IdempotencyHeader.of(request(key), "create", 1)).contains(IdempotencyKey.of(key, "create", 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "a b", "ä", "\u007f",
			"01234567890123456789012345678901234567890123456789012345678901234" })
	void anyOtherKeyIsRefused(String key) {
		assertThat(refusalOf(() -> IdempotencyHeader.of(request(key), "create")).code())
			.isEqualTo(ProblemCode.MALFORMED_REQUEST);
	}

	@Test
	void twoKeysAreRefused() {
		MockServerRequest request = MockServerRequest.builder()
			.header("Idempotency-Key", "a")
			.header("Idempotency-Key", "a")
			.build();
		assertThat(refusalOf(() -> IdempotencyHeader.of(request, "create")).code())
			.isEqualTo(ProblemCode.MALFORMED_REQUEST);
	}

	@Test
	void onlyARepeatedResponseIsMarked() {
		HttpHeaders headers = new HttpHeaders();
		IdempotencyHeader.mark(false).accept(headers);
		assertThat(headers.isEmpty()).isTrue();
		IdempotencyHeader.mark(true).accept(headers);
		assertThat(headers.getFirst("Idempotency-Replayed")).isEqualTo("true");
	}

	private static MockServerRequest request(String key) {
		return MockServerRequest.builder().header("Idempotency-Key", key).build();
	}

}
