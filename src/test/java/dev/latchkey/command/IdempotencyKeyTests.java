package dev.latchkey.command;

import java.util.List;

import dev.latchkey.http.IdempotencyHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes two requests under one key the same.
 */
class IdempotencyKeyTests {

	@Test
	void theSameContentIsTheSameRequest() {
		assertThat(key(new Payload("ada@example.test", List.of("domains"))))
			.isEqualTo(key(new Payload("ada@example.test", List.of("domains"))))
			.isNotEqualTo(key(new Payload("ada@example.test", List.of("invoices"))))
			.isNotEqualTo(key(new Payload("bob@example.test", List.of("domains"))));
	}

	/**
	 * While a new version is rolled out, the first try and the second may meet replicas
	 * of which only one knows the new member.
	 */
	@Test
	void aMemberThatIsNewAndNotSentChangesNothing() {
		assertThat(key(new Payload("ada@example.test", List.of("domains"))))
			.isEqualTo(key(new NewerPayload(null, List.of("domains"), "ada@example.test")))
			.isNotEqualTo(key(new NewerPayload(3, List.of("domains"), "ada@example.test")));
	}

	/**
	 * An account's name can't be made to look like further members.
	 */
	@Test
	void noValueCanPassForAMember() {
		assertThat(key(new NewerPayload(3, List.of(), "x")))
			.isNotEqualTo(key(new Payload("x\",\"expiresInDays\":3", List.of())))
			.isNotEqualTo(key(new Payload("x, expiresInDays=3", List.of())));
	}

	@Test
	void eachLineOfARequestHasAKeyOfItsOwn() {
		IdempotencyKey whole = key("lines");
		Payload line = new Payload("ada@example.test", List.of("domains"));
		assertThat(whole.ofLine(1, line)).isEqualTo(whole.ofLine(1, line))
			.isNotEqualTo(whole.ofLine(2, line))
			.isNotEqualTo(key("other lines").ofLine(1, line));
	}

	private static IdempotencyKey key(Object content) {
		return IdempotencyKey.of("once", "create", content);
	}

	record Payload(String email, List<String> permissions) {

	}

	record NewerPayload(@Nullable Integer expiresInDays, List<String> permissions, String email) {

	}

}
