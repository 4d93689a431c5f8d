package dev.latchkey.docs;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every decision record has a number, a date, a status and the same three sections.
 */
class DecisionRecordTests {

	@ParameterizedTest
	@MethodSource("records")
	void hasTheFormOfARecord(Path record) {
		int number = Integer.parseInt(record.getFileName().toString().substring(0, 4));
		assertThat(Documents.read(record)).startsWith("# " + number + ". ")
			.containsPattern("(?m)^Date: 20\\d\\d-\\d\\d-\\d\\d$")
			.containsPattern("(?m)^Status: (Accepted|Superseded by \\[record \\d+]\\(.*\\))$")
			.containsSubsequence("\n## Context\n", "\n## Decision\n", "\n## Consequences\n");
	}

	static List<Path> records() {
		return Documents.markdown(Documents.RECORDS)
			.stream()
			.filter((file) -> file.getFileName().toString().matches("\\d{4}-.*"))
			.toList();
	}

}
