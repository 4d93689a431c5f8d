package dev.latchkey.testing;

import dev.latchkey.testing.Client.Response;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Assertions that hold for every error response.
 */
public final class ProblemAssertions {

	private ProblemAssertions() {
	}

	/**
	 * Asserts that a response is a 4xx problem with all its fields, that it reveals no
	 * implementation detail, and that it contains printable ASCII only, which is safe in
	 * terminals, logs and pages.
	 */
	public static void assertIsProblem(Response response) {
		assertThat(response.status()).as(response.text()).isBetween(400, 499);
		assertThat(response.header("Content-Type")).as(response.text()).isEqualTo("application/problem+json");
		assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
		JsonNode problem = response.json();
		assertThat(problem.path("status").asInt()).isEqualTo(response.status());
		assertThat(problem.path("code").asString()).matches("[a-z-]+");
		assertThat(problem.path("type").asString()).isEqualTo("urn:latchkey:problem:" + response.code());
		assertThat(problem.path("title").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).isNotBlank();
		assertThat(response.text()).matches("[\\x20-\\x7e]+")
			.doesNotContain("xception", "\\tat ", "dev.latchkey", "springframework", "tools.jackson", "r2dbc",
					"select ");
	}

}
