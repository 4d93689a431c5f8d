package dev.latchkey.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.latchkey.permission.Permission;
import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.ProblemCode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Every bundle contains all texts that are used, and no others.
 */
class MessageBundlesTests {

	private static final String ROOT = "messages.properties";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\d)}");

	private static final Pattern TEXT_CALL = Pattern.compile("translations\\.text\\(\"([a-z.-]+)\"");

	/** The keys whose texts can be the same in all languages. */
	private static final Set<String> SAME_EVERYWHERE = Set.of("sentence");

	static Set<String> files() throws IOException {
		return bundles().keySet();
	}

	static Set<String> others() throws IOException {
		return bundles().keySet().stream().filter((file) -> !file.equals(ROOT)).collect(Collectors.toSet());
	}

	@Test
	void thereAreEnglishAndGerman() {
		assertThat(MessageBundles.read().supported()).contains(Locale.ENGLISH, Locale.GERMAN);
	}

	/**
	 * A bundle for a region contains only the texts that differ there.
	 */
	@ParameterizedTest
	@MethodSource("files")
	void containsExactlyTheUsedTexts(String file) throws IOException {
		Set<String> used = new TreeSet<>(Set.of("date-time", "sentence"));
		Arrays.stream(ProblemCode.values()).map(ProblemCode::titleKey).forEach(used::add);
		Arrays.stream(DetailMessage.values()).map(DetailMessage::key).forEach(used::add);
		Permission.catalogue().forEach((permission) -> {
			used.add(permission.titleKey());
			used.add(permission.descriptionKey());
		});
		used.addAll(Set.of("table.email", "table.permissions", "table.locale", "table.expires-in-days"));
		templates().forEach((name, template) -> {
			used.add("mail." + name.replaceAll("\\..*", "") + ".subject");
			TEXT_CALL.matcher(template).results().map((call) -> call.group(1)).forEach(used::add);
		});
		assertThat(used).containsAll(bundle(file).keySet());
		if (!file.matches("messages_[a-z]+_.*")) {
			assertThat(bundle(file).keySet()).containsAll(used);
		}
	}

	@ParameterizedTest
	@MethodSource("files")
	void containsEveryKeyOnceAndEveryApostropheTwice(String file) throws IOException {
		assertThat(bundle(file)).allSatisfy((key, text) -> {
			assertThat(text).as(key).isNotBlank();
			assertThat(text.replace("''", "")).as(key).doesNotContain("'");
		});
		try (Stream<String> lines = source(file).lines()) {
			assertThat(lines.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map((line) -> line.substring(0, line.indexOf('=')))).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@MethodSource("others")
	void hasTheSamePlaceholdersAsEnglish(String file) throws IOException {
		Map<String, String> english = bundle(ROOT);
		assertThat(bundle(file)).allSatisfy((key, text) -> assertThat(placeholders(text)).as(key)
			.isEqualTo(placeholders(Objects.requireNonNull(english.get(key)))));
	}

	@ParameterizedTest
	@MethodSource("others")
	void isFullyTranslated(String file) throws IOException {
		Map<String, String> english = bundle(ROOT);
		assertThat(bundle(file)).allSatisfy((key, text) -> {
			if (!SAME_EVERYWHERE.contains(key)) {
				assertThat(text).as(key).isNotEqualTo(english.get(key));
			}
		});
	}

	/**
	 * The title of a problem has no full stop. One is added if the title is used as a
	 * sentence.
	 */
	@ParameterizedTest
	@MethodSource("files")
	void hasTitlesWithoutFullStop(String file) throws IOException {
		assertThat(bundle(file)).allSatisfy((key, text) -> {
			if (key.startsWith("problem.")) {
				assertThat(text).as(key).doesNotEndWith(".").doesNotContain("{");
			}
		});
	}

	@Nested
	class AdditionalBundles {

		@TempDir
		Path folder;

		@Test
		void addALanguage() throws IOException {
			write(ROOT, "greeting=Good morning, {0}\ndate-time=d MMMM uuuu\n");
			write("messages_fr.properties", "greeting=Bonjour, l''ami {0}\ndate-time=d MMMM uuuu\n");
			Languages languages = MessageBundles.read("file:" + this.folder + "/");
			assertThat(languages.supported()).containsExactlyInAnyOrder(Locale.ENGLISH, Locale.FRENCH);
			assertThat(languages.translations(Locale.CANADA_FRENCH).text("greeting", "Zoë"))
				.isEqualTo("Bonjour, l'ami Zoë");
			assertThat(languages.translations(Locale.GERMAN).text("greeting", "Zoë")).isEqualTo("Good morning, Zoë");
		}

		@Test
		void canOverrideTextsForARegion() throws IOException {
			write(ROOT, "january=January\nbread=Roll\ntea=Tea\n");
			write("messages_de.properties", "january=Januar\nbread=Brötchen\n");
			write("messages_de_AT.properties", "january=Jänner\n");
			Languages languages = MessageBundles.read("file:" + this.folder + "/");
			Translations austrian = languages.translations(Locale.forLanguageTag("de-AT"));
			assertThat(austrian.tag()).isEqualTo("de-AT");
			assertThat(austrian.text("january")).isEqualTo("Jänner");
			assertThat(austrian.text("bread")).isEqualTo("Brötchen");
			assertThat(austrian.text("tea")).isEqualTo("Tea");
			assertThat(languages.translations(Locale.forLanguageTag("de-CH")).text("january")).isEqualTo("Januar");
		}

		@Test
		void containPatternsWithLiteralArguments() throws IOException {
			write(ROOT, "wish=It''s for {0}: {1}\n");
			Translations translations = MessageBundles.read("file:" + this.folder + "/").translations(Locale.ENGLISH);
			assertThat(translations.text("wish", "{1} & 'Co'", 1000)).isEqualTo("It's for {1} & 'Co': 1000");
			assertThatIllegalArgumentException().isThrownBy(() -> translations.text("wishes"));
		}

		private void write(String name, String text) throws IOException {
			Files.writeString(this.folder.resolve(name), text);
		}

	}

	private static Set<String> placeholders(String text) {
		return PLACEHOLDER.matcher(text)
			.results()
			.map(MatchResult::group)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, String> bundle(String file) throws IOException {
		return Objects.requireNonNull(bundles().get(file));
	}

	private static Map<String, Map<String, String>> bundles() throws IOException {
		Map<String, Map<String, String>> bundles = new TreeMap<>();
		for (Resource file : resources("classpath:languages/*.properties")) {
			Properties properties = new Properties();
			try (InputStream input = file.getInputStream()) {
				properties.load(new InputStreamReader(input, StandardCharsets.UTF_8));
			}
			Map<String, String> texts = new TreeMap<>();
			properties.stringPropertyNames().forEach((key) -> texts.put(key, properties.getProperty(key)));
			bundles.put(Objects.requireNonNull(file.getFilename()), texts);
		}
		return bundles;
	}

	private static String source(String file) throws IOException {
		return resources("classpath:languages/" + file).iterator().next().getContentAsString(StandardCharsets.UTF_8);
	}

	private static Map<String, String> templates() throws IOException {
		Map<String, String> templates = new TreeMap<>();
		for (Resource file : resources("classpath:mail/*.ftl*")) {
			templates.put(Objects.requireNonNull(file.getFilename()), file.getContentAsString(StandardCharsets.UTF_8));
		}
		return templates;
	}

	private static Set<Resource> resources(String pattern) throws IOException {
		return new LinkedHashSet<>(Arrays.asList(new PathMatchingResourcePatternResolver().getResources(pattern)));
	}

}
