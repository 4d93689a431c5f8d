package dev.latchkey.command;

import java.util.List;

import dev.latchkey.http.IdempotencyHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which requests with the same key are the same request.
 */
class IdempotencyKeyTests {

	@Test
	void sameContentIsTheSameRequest() {
		assertThat(key(new Payload("ada@example.test", List.of("domains"))))
			.isEqualTo(key(new Payload("ada@example.test", List.of("domains"))))
			.isNotEqualTo(key(new Payload("ada@example.test", List.of("invoices"))))
			.isNotEqualTo(key(new Payload("bob@example.test", List.of("domains"))));
	}

	/**
	 * During a rolling update, the first and the second attempt of a request may reach
	 * replicas of which only one knows a new property.
	 */
	@Test
	void unknownPropertyThatIsNotSentDoesNotMatter() {
		assertThat(key(new Payload("ada@example.test", List.of("domains"))))
			.isEqualTo(key(new NewerPayload(null, List.of("domains"), "ada@example.test")))
			.isNotEqualTo(key(new NewerPayload(3, List.of("domains"), "ada@example.test")));
	}

	/**
	 * A value that contains JSON syntax does not look like another property.
	 */
	@Test
	void valueIsNotMistakenForAProperty() {
		assertThat(key(new NewerPayload(3, List.of(), "x")))
			.isNotEqualTo(key(new Payload("x\",\"expiresInDays\":3", List.of())))
			.isNotEqualTo(key(new Payload("x, expiresInDays=3", List.of())));
	}

	@Test
	void eachLineOfABulkRequestHasItsOwnKey() {
		IdempotencyKey key = key("lines");
		Payload line = new Payload("ada@example.test", List.of("domains"));
		assertThat(key.ofLine(1, line)).isEqualTo(key.ofLine(1, line))
			.isNotEqualTo(key.ofLine(2, line))
			.isNotEqualTo(key("other lines").ofLine(1, line));
	}

	private static IdempotencyKey key(Object content) {
		return IdempotencyKey.of("client-key", "create", content);
	}

	record Payload(String email, List<String> permissions) {

	}

	record NewerPayload(@Nullable Integer expiresInDays, List<String> permissions, String email) {

	}

}
