package dev.latchkey.http;

import java.util.Map;

import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.reactive.function.server.MockServerRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static dev.latchkey.testing.Refusals.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Entity tags contain versions, and a weak tag changes with its content.
 */
class EntityTagsTests {

	@Test
	void theTagIsTheVersionInQuotes() {
		assertThat(EntityTags.etag(7)).isEqualTo("\"7\"");
	}

	@Test
	void theVersionIsSetOnTheResponse() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		EntityTags.setVersion(MockServerRequest.builder().exchange(exchange).build(), 7);
		assertThat(exchange.getResponse().getHeaders().getETag()).isEqualTo("\"7\"");
	}

	@Test
	void theVersionOfTheCallerIsRead() {
		assertThat(EntityTags.ifMatch(ifMatch("\"999999999\""))).isEqualTo(999_999_999);
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "\"\"", "\"-1\"", "W/\"7\"", "*", "\"7\", \"8\"", "\"1000000000\"", "\"x\"", "" })
	void aTagThatIsNotAVersionIsStale(String tag) {
		assertThat(refusalOf(() -> EntityTags.ifMatch(ifMatch(tag))).code()).isEqualTo(ProblemCode.STALE);
	}

	@Test
	void twoHeadersAreStale() {
		MockServerRequest request = MockServerRequest.builder()
			.header("If-Match", "\"7\"")
			.header("If-Match", "\"7\"")
			.build();
		assertThat(refusalOf(() -> EntityTags.ifMatch(request)).code()).isEqualTo(ProblemCode.STALE);
	}

	@Test
	void theHeaderIsRequired() {
		assertThat(refusalOf(() -> EntityTags.ifMatch(MockServerRequest.builder().build())).code())
			.isEqualTo(ProblemCode.IF_MATCH_REQUIRED);
	}

	@Test
	void aWeakTagDependsOnTheContentOnly() {
		assertThat(EntityTags.weakEtag(Map.of("a", 1))).matches("W/\"[0-9a-f]{16}\"")
			.isEqualTo(EntityTags.weakEtag(Map.of("a", 1)))
			.isNotEqualTo(EntityTags.weakEtag(Map.of("a", 2)));
	}

	private static MockServerRequest ifMatch(String tag) {
		return MockServerRequest.builder().header("If-Match", tag).build();
	}

}
