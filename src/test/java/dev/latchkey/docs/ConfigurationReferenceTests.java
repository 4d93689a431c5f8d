package dev.latchkey.docs;

import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configuration reference lists exactly the settings that the code reads, with their
 * defaults.
 */
class ConfigurationReferenceTests {

	private static final Path REFERENCE = Documents.GUIDES.resolve("configuration.md");

	private static final Path APPLICATION = Path.of("src/main/resources/application.yml");

	private static final Pattern ROW = Pattern.compile("^\\| `([a-z.-]+)` \\| ([^|]*) \\|", Pattern.MULTILINE);

	private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(latchkey\\.[a-z.-]+):([^}]*)}");

	private static final Pattern MENTION = Pattern.compile("`(latchkey(?:\\.[a-z-]+)+)(?:=[^`]*)?`");

	private static final Pattern UPPER_CASE = Pattern.compile("([A-Z])");

	private static final String PREFIX = "latchkey.";

	/** What a row contains where a setting has no default. */
	private static final String NO_DEFAULT = "none";

	@Test
	void listsEverySettingOfTheServiceWithItsDefault() {
		Map<String, String> listed = rows();
		listed.keySet().removeIf((name) -> !name.startsWith(PREFIX));
		assertThat(listed).containsExactlyEntriesOf(settings());
	}

	@Test
	void listsEachSettingOnce() {
		assertThat(ROW.matcher(Documents.read(REFERENCE)).results().map((row) -> row.group(1))).doesNotHaveDuplicates();
	}

	@Test
	void listsSettingsOfSpringBootWithTheDefaultsOfTheService() {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new FileSystemResource(APPLICATION));
		Properties application = Objects.requireNonNull(yaml.getObject());
		Map<String, String> listed = rows();
		listed.keySet().removeIf((name) -> name.startsWith(PREFIX));
		assertThat(listed).hasSizeGreaterThan(5)
			.allSatisfy((name, value) -> assertThat(value).as(name).isEqualTo(cell(application.get(name))));
	}

	@ParameterizedTest
	@MethodSource("dev.latchkey.docs.Documents#all")
	void noDocumentNamesASettingThatDoesNotExist(Path document) {
		Set<String> named = MENTION.matcher(Documents.read(document))
			.results()
			.map((mention) -> mention.group(1))
			.filter((name) -> !name.startsWith("latchkey.test.") && !name.equals("latchkey.jar"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(settings().keySet()).containsAll(named);
	}

	private static Map<String, String> rows() {
		return ROW.matcher(Documents.read(REFERENCE))
			.results()
			.collect(Collectors.toMap((row) -> row.group(1), (row) -> row.group(2), (first, second) -> first,
					TreeMap::new));
	}

	private static Map<String, String> settings() {
		Map<String, String> settings = new TreeMap<>();
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		scanner.findCandidateComponents("dev.latchkey")
			.forEach((found) -> addComponents(settings, String.valueOf(found.getBeanClassName())));
		Matcher placeholder = PLACEHOLDER.matcher(Documents.read(APPLICATION));
		while (placeholder.find()) {
			String value = cell(placeholder.group(2));
			assertThat(settings.getOrDefault(placeholder.group(1), value)).isEqualTo(value);
			settings.put(placeholder.group(1), value);
		}
		return settings;
	}

	private static void addComponents(Map<String, String> settings, String className) {
		try {
			Class<?> type = Class.forName(className);
			String prefix = type.getAnnotation(ConfigurationProperties.class).value();
			for (Parameter parameter : type.getDeclaredConstructors()[0].getParameters()) {
				DefaultValue value = parameter.getAnnotation(DefaultValue.class);
				settings.put(prefix + "." + kebabCase(parameter.getName()),
						cell((value != null) ? String.join(",", value.value()) : null));
			}
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	private static String cell(@Nullable Object value) {
		return (value == null || value.toString().isEmpty()) ? NO_DEFAULT : "`" + value + "`";
	}

	private static String kebabCase(String name) {
		return UPPER_CASE.matcher(name).replaceAll("-$1").toLowerCase(Locale.ROOT);
	}

}
