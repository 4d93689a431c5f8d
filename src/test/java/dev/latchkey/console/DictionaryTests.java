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
 * The console's texts: whole in each language, and all that a page asks for is there.
 */
class DictionaryTests {

	private static final ConsoleFiles FILES = new ConsoleFiles();

	private static final Map<String, String> ENGLISH = dictionary("en");

	private static final Map<String, String> GERMAN = dictionary("de");

	@Test
	void haveTheSameKeys() {
		assertThat(GERMAN.keySet()).isEqualTo(ENGLISH.keySet()).hasSizeGreaterThan(200);
	}

	@Test
	void leaveNothingUnsaid() {
		assertThat(ENGLISH.values()).allSatisfy((text) -> assertThat(text).isNotBlank());
		assertThat(GERMAN.values()).allSatisfy((text) -> assertThat(text).isNotBlank());
	}

	@Test
	void fillInTheSame() {
		assertThat(ENGLISH.keySet())
			.allSatisfy((key) -> assertThat(blanks(GERMAN, key)).as(key).isEqualTo(blanks(ENGLISH, key)));
	}

	@Test
	void haveWhatThePagesAskFor() {
		Set<String> asked = sources().flatMap((source) -> all("\\bt\\('([a-z][a-z.-]+)'", source))
			.map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(asked).hasSizeGreaterThan(100).isSubsetOf(ENGLISH.keySet());
	}

	@Test
	void haveBothFormsOfWhatIsCounted() {
		Set<String> counted = sources().flatMap((source) -> all("\\bplural\\('([a-z.-]+)'", source))
			.flatMap((match) -> Stream.of(match.group(1) + ".one", match.group(1) + ".other"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(counted).isNotEmpty().isSubsetOf(ENGLISH.keySet());
	}

	@Test
	void nameEachKindOfEvent() {
		String types = text("state/stream.js");
		assertThat(all("'((?:account|invitation|member)\\.[a-z-]+)'", types).map((match) -> match.group(1)))
			.hasSizeGreaterThan(10)
			.allSatisfy((type) -> assertThat(ENGLISH).containsKeys("event." + type, "event-type." + type));
	}

	private static Set<String> blanks(Map<String, String> dictionary, String key) {
		return all("\\{(\\w+)}", dictionary.getOrDefault(key, "")).map((match) -> match.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, String> dictionary(String language) {
		Map<String, String> texts = new TreeMap<>();
		all("(?m)^\\t'([^']+)': '((?:[^'\\\\]|\\\\.)*)',$", text("i18n/" + language + ".js"))
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

	private static Stream<MatchResult> all(String pattern, String text) {
		return Pattern.compile(pattern).matcher(text).results();
	}

}
