package dev.latchkey.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console's texts are complete in each language, and every text that a page uses
 * exists.
 */
class DictionaryTests {

	private static final ConsoleFiles FILES = new ConsoleFiles();

	private static final Map<String, String> ENGLISH = dictionary("en");

	private static final Map<String, String> GERMAN = dictionary("de");

	@Test
	void bothLanguagesHaveTheSameKeys() {
		assertThat(GERMAN.keySet()).isEqualTo(ENGLISH.keySet()).hasSizeGreaterThan(200);
	}

	@Test
	void noTextIsBlank() {
		assertThat(ENGLISH.values()).allSatisfy((text) -> assertThat(text).isNotBlank());
		assertThat(GERMAN.values()).allSatisfy((text) -> assertThat(text).isNotBlank());
	}

	@Test
	void bothLanguagesHaveTheSamePlaceholders() {
		assertThat(ENGLISH.keySet())
			.allSatisfy((key) -> assertThat(placeholders(GERMAN, key)).as(key).isEqualTo(placeholders(ENGLISH, key)));
	}

	@Test
	void everyTextThatAPageUsesExists() {
		Set<String> used = sources().flatMap((source) -> matches("\\bt\\('([a-z][a-z.-]+)'", source))
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(used).hasSizeGreaterThan(100).isSubsetOf(ENGLISH.keySet());
	}

	@Test
	void everyPluralTextHasBothForms() {
		Set<String> plurals = sources().flatMap((source) -> matches("\\bplural\\('([a-z.-]+)'", source))
			.flatMap((match) -> Stream.of(match.group(1) + ".one", match.group(1) + ".other"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(plurals).isNotEmpty().isSubsetOf(ENGLISH.keySet());
	}

	@Test
	void everyEventTypeHasTexts() {
		String types = text("state/stream.js");
		assertThat(matches("'((?:account|invitation|member)\\.[a-z-]+)'", types).map((match) -> match.group(1)))
			.hasSizeGreaterThan(10)
			.allSatisfy((type) -> assertThat(ENGLISH).containsKeys("event." + type, "event-type." + type));
	}

	private static Set<String> placeholders(Map<String, String> dictionary, String key) {
		return matches("\\{(\\w+)}", dictionary.getOrDefault(key, "")).map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, String> dictionary(String language) {
		Map<String, String> texts = new TreeMap<>();
		matches("(?m)^\\t'([^']+)': '((?:[^'\\\\]|\\\\.)*)',$", text("i18n/" + language + ".js"))
			.forEach((match) -> texts.put(match.group(1), match.group(2)));
		return texts;
	}

	private static Stream<String> sources() {
		return FILES.names()
			.stream()
			.filter((name) -> name.endsWith(".js") && !name.startsWith("lib/"))
			.map(DictionaryTests::text);
	}

	private static String text(String name) {
		try {
			return new ClassPathResource("static/console/" + name).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<MatchResult> matches(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

}
