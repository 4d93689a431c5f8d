package dev.latchkey.testing;

import dev.latchkey.testing.Client.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every refusal has in common.
 */
public final class ProblemAssertions {

	private ProblemAssertions() {
	}

	/**
	 * A 4xx problem with all its members, which tells nothing of the inside and echoes
	 * nothing that a terminal, a log or a page could stumble over.
	 */
	public static void assertIsProblem(Answer answer) {
		assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
		assertThat(answer.header("Content-Type")).as(answer.text()).isEqualTo("application/problem+json");
		assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
		JsonNode problem = answer.json();
		assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
		assertThat(problem.path("code").asString()).matches("[a-z-]+");
		assertThat(problem.path("type").asString()).isEqualTo("urn:latchkey:problem:" + answer.code());
		assertThat(problem.path("title").asString()).isNotBlank();
		assertThat(problem.path("detail").asString()).isNotBlank();
		assertThat(answer.text()).matches("[\\x20-\\x7e]+")
			.doesNotContain("xception", "\\tat ", "dev.latchkey", "springframework", "tools.jackson", "r2dbc",
					"select ");
	}

}
