package dev.latchkey.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Texts for users, clients and operators use one word for one thing.
 */
class WordingTests {

	private static final Path RESOURCES = Path.of("src/main/resources");

	/**
	 * Code, comments, keys of messages, column names of other programs, and quoted code.
	 */
	private static final Pattern CODE = Pattern.compile(
			"(?m)```[^`]*```|`[^`\\n]*`|^#(?!#).*$|^table\\..*$|^[\\w.-]+=|^\\s*'[\\w.-]+':|\\[mail, |\"mail\": |^ +mail: \\{");

	/** A message is an e-mail; a mail server is a mail server. */
	private static final Pattern MAIL = Pattern.compile("(?i)(?<![-\\w./])mail(s|ed)?\\b(?! server| relay|:)");

	/** Files are in directories; only a mailbox has a folder. */
	private static final Pattern FOLDER = Pattern.compile("(?i)(?<!spam )\\bfolders?\\b");

	static Stream<Path> documents() {
		return Stream.of(Path.of("README.md"), Documents.GUIDES.resolve("api-guide.md"),
				Documents.GUIDES.resolve("configuration.md"), Documents.GUIDES.resolve("operators-handbook.md"),
				RESOURCES.resolve("openapi.yaml"), RESOURCES.resolve("languages/messages.properties"),
				RESOURCES.resolve("static/console/i18n/en.js"));
	}

	@ParameterizedTest
	@MethodSource("documents")
	void aMessageIsAnEmail(Path document) {
		assertThat(found(MAIL, document)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("documents")
	void filesAreInDirectories(Path document) {
		assertThat(found(FOLDER, document)).isEmpty();
	}

	/**
	 * Returns the matches with a few words around them.
	 */
	private static List<String> found(Pattern word, Path document) {
		String text = CODE.matcher(Documents.read(document)).replaceAll("");
		return word.matcher(text).results().map((match) -> around(match, text)).toList();
	}

	private static String around(MatchResult match, String text) {
		return text.substring(Math.max(0, match.start() - 40), Math.min(text.length(), match.end() + 20)).strip();
	}

}
