package dev.latchkey.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Record 19 lists what bounds the size of every table.
 */
class BoundedGrowthTests {

	@Test
	void record19ListsEveryTable() throws IOException {
		List<String> named = Pattern.compile("`(\\w+)`")
			.matcher(Pattern.compile("(?m)^\\|(.*?)\\|")
				.matcher(Files.readString(Path.of("src/adr/0019-retention.md")))
				.results()
				.map(MatchResult::group)
				.reduce("", String::concat))
			.results()
			.map((name) -> name.group(1))
			.toList();
		assertThat(named).containsExactlyInAnyOrderElementsOf(TablePlacementTests.PLACEMENTS.keySet());
	}

}
