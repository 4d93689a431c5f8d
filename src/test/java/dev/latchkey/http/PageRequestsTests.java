package dev.latchkey.http;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.Page;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.reactive.function.server.MockServerRequest;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The limit and the cursor of a list request.
 */
class PageRequestsTests {

	@Test
	void withoutParametersTheFirst25ItemsAreRequested() {
		assertThat(PageRequests.of(MockServerRequest.builder().build())).isEqualTo(new Page.Request(25, null));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 99, 100 })
	void aLimitIsFrom1To100(int limit) {
		assertThat(PageRequests.of(with("limit", Integer.toString(limit)))).isEqualTo(new Page.Request(limit, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "101", "-1", "+1", "1.5", "", "many", "99999999999", "١", " 5" })
	void anyOtherLimitIsRefused(String limit) {
		DomainException refusal = refusalOf(() -> PageRequests.of(with("limit", limit)));
		assertThat(refusal.code()).isEqualTo(ProblemCode.MALFORMED_REQUEST);
		assertThat(refusal.properties()).containsEntry("field", "limit");
	}

	@Test
	void aCursorIsAPosition() {
		assertThat(PageRequests.of(with("cursor", "999999999999999999")))
			.isEqualTo(new Page.Request(25, 999_999_999_999_999_999L));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-1", "x", "1000000000000000000", "1 ", "٢" })
	void anyOtherCursorIsRefused(String cursor) {
		assertThat(refusalOf(() -> PageRequests.of(with("cursor", cursor))).code())
			.isEqualTo(ProblemCode.INVALID_CURSOR);
	}

	private static MockServerRequest with(String name, String value) {
		return MockServerRequest.builder().queryParam(name, value).build();
	}

}
