package dev.latchkey.docs;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import dev.latchkey.feed.EventType;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API guide lists every problem code and every event type.
 */
class ApiGuideTests {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final String GUIDE = Documents.read(Documents.GUIDES.resolve("api-guide.md"));

	@Test
	void listsEveryProblemCode() {
		assertThat(codes("| Status | Codes |"))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(ProblemCode.values()).map(ProblemCode::code).toList());
	}

	@Test
	void listsEveryEventType() {
		assertThat(codes("| Subject | Event types |"))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values()).map(EventType::wireName).toList());
	}

	private static List<String> codes(String heading) {
		int begin = GUIDE.indexOf(heading);
		String table = GUIDE.substring(begin, GUIDE.indexOf("\n\n", begin));
		return CODE.matcher(table).results().map((code) -> code.group(1)).toList();
	}

}
