package dev.latchkey.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Relative links in the documents lead to files and headings that exist.
 */
class DocumentLinksTests {

	private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

	private static final Pattern ABSOLUTE = Pattern.compile("^[a-z]+:");

	@ParameterizedTest
	@MethodSource("dev.latchkey.docs.Documents#all")
	void leadToFilesAndHeadings(Path document) {
		assertThat(links(document)).allSatisfy((link) -> {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
			assertThat(Files.exists(target)).as(link).isTrue();
			if (parts.length == 2) {
				assertThat(anchors(target)).as(link).contains(parts[1]);
			}
		});
	}

	@Test
	void theReadmeLinksToEveryGuide() {
		List<String> guides = new ArrayList<>();
		Documents.markdown(Documents.GUIDES).forEach((guide) -> guides.add(guide.toString()));
		assertThat(links(Path.of("README.md"))).containsAll(guides);
	}

	private static List<String> links(Path document) {
		return LINK.matcher(text(document))
			.results()
			.map((link) -> link.group(1))
			.filter((link) -> !ABSOLUTE.matcher(link).find())
			.toList();
	}

	/**
	 * The anchors of the headings, as GitHub makes them.
	 */
	private static List<String> anchors(Path document) {
		return HEADING.matcher(text(document))
			.results()
			.map((MatchResult heading) -> heading.group(1)
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	private static String text(Path document) {
		return CODE.matcher(Documents.read(document)).replaceAll("");
	}

}
