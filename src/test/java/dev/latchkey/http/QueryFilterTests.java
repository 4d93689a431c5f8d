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
	void aParameterThatCannotBeCombinedIsRefused() {
		DomainException refusal = refusalOf(
				() -> QueryFilter.refuseCombination(this.request, "after", "limit", "cursor"));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(refusal.properties()).containsEntry("field", "cursor");
		assertThat(refusal.sentence()).hasToString("detail.parameter-not-combinable[after]");
	}

	@Test
	void aParameterForPagesIsRefusedInAStream() {
		DomainException refusal = refusalOf(() -> QueryFilter.refuseInStream(this.request, MediaTypes.CSV, "cursor"));
		assertThat(refusal.sentence()).hasToString("detail.parameter-not-combinable[Accept: text/csv]");
	}

	@Test
	void parametersThatTheRequestDoesNotHaveAreNotRefused() {
		assertThatNoException().isThrownBy(() -> QueryFilter.refuseCombination(this.request, "after", "limit", "q"));
	}

}
