package dev.latchkey.http;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Parameters that a route knows, but refuses in some requests.
 */
class QueryFilterTests {

	private final MockServerRequest request = MockServerRequest.builder().queryParam("cursor", "7").build();

	@Test
	void aParameterOfTheRequestIsRefused() {
		DomainException refusal = refusalOf(() -> QueryFilter.refuse(this.request, "limit", "cursor"));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(refusal.properties()).containsEntry("field", "cursor");
	}

	@Test
	void parametersThatTheRequestDoesNotHaveAreNotRefused() {
		assertThatNoException().isThrownBy(() -> QueryFilter.refuse(this.request, "limit", "q"));
	}

}
