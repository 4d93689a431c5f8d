package dev.latchkey.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/**
 * The settings that the application knows, with its defaults.
 */
final class ApplicationSettings {

	private static final Pattern UPPER_CASE = Pattern.compile("([A-Z])");

	private static final Object FILE = Tree.documents(Path.of("src/main/resources/application.yml")).get(0);

	private ApplicationSettings() {
	}

	/**
	 * The value in application.yml.
	 */
	static String text(String path) {
		return String.valueOf(Tree.at(FILE, path));
	}

	/**
	 * The default of a placeholder in application.yml.
	 */
	static String placeholderDefault(String path) {
		Matcher matcher = Pattern.compile("\\$\\{[^:]+:([^}]+)}").matcher(text(path));
		if (!matcher.find()) {
			throw new AssertionError("no default at " + path);
		}
		return matcher.group(1);
	}

	/**
	 * The settings of a type with their defaults.
	 */
	static <T> T defaults(Class<T> type) {
		ConfigurationProperties annotation = type.getAnnotation(ConfigurationProperties.class);
		return new Binder(List.of(new MapConfigurationPropertySource())).bindOrCreate(annotation.value(), type);
	}

	/**
	 * The names of all settings, of the service and of Spring Boot.
	 */
	static Set<String> names() {
		Set<String> names = new TreeSet<>(Set.of("latchkey.secrets-directory", "latchkey.path-prefix"));
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
		scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
		for (BeanDefinition found : scanner.findCandidateComponents("dev.latchkey")) {
			addServiceSettings(names, String.valueOf(found.getBeanClassName()));
		}
		addSpringBootSettings(names);
		return names;
	}

	/**
	 * The environment variable of a setting.
	 */
	static String variable(String name) {
		return name.replace('.', '_').replace('-', '_').toUpperCase(java.util.Locale.ROOT);
	}

	private static void addServiceSettings(Set<String> names, String className) {
		try {
			Class<?> type = Class.forName(className);
			String prefix = type.getAnnotation(ConfigurationProperties.class).value();
			for (RecordComponent component : type.getRecordComponents()) {
				names.add(prefix + "."
						+ UPPER_CASE.matcher(component.getName()).replaceAll("-$1").toLowerCase(java.util.Locale.ROOT));
			}
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void addSpringBootSettings(Set<String> names) {
		try {
			for (URL file : Collections.list(ApplicationSettings.class.getClassLoader()
				.getResources("META-INF/spring-configuration-metadata.json"))) {
				try (var stream = file.openStream()) {
					JsonMapper.builder()
						.build()
						.readTree(stream)
						.path("properties")
						.forEach((property) -> names.add(property.path("name").asString()));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
