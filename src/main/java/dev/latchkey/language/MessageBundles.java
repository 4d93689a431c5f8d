package dev.latchkey.language;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Reads the message bundles. {@code messages.properties} contains the English texts and
 * defines the keys. {@code messages_de.properties} next to it adds German, and
 * {@code messages_de_AT.properties} the texts that differ in Austria. All are in UTF-8.
 */
public final class MessageBundles {

	private static final String NAME = "messages";

	private static final String EXTENSION = ".properties";

	private MessageBundles() {
	}

	/**
	 * Reads the bundles that ship with the service.
	 */
	public static Languages read() {
		return read("classpath:languages/");
	}

	/**
	 * Reads the bundles of a folder.
	 * @param folder a resource location that ends in a slash
	 */
	public static Languages read(String folder) {
		Map<String, Map<String, String>> bundles = new HashMap<>();
		try {
			for (Resource file : new PathMatchingResourcePatternResolver()
				.getResources(folder + NAME + "*" + EXTENSION)) {
				bundles.put(suffix(Objects.requireNonNull(file.getFilename())), texts(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the texts in " + folder + " can't be read", ex);
		}
		Map<Locale, Map<String, String>> languages = new HashMap<>();
		bundles.keySet().forEach((suffix) -> languages.put(language(suffix), merged(bundles, suffix)));
		return new Languages(languages);
	}

	/**
	 * Merges a bundle with the less specific bundles that it overrides.
	 */
	private static Map<String, String> merged(Map<String, Map<String, String>> bundles, String suffix) {
		Map<String, String> texts = new HashMap<>();
		for (int end = 0; end >= 0; end = suffix.indexOf('_', end + 1)) {
			texts.putAll(bundles.getOrDefault(suffix.substring(0, end), Map.of()));
		}
		texts.putAll(bundles.getOrDefault(suffix, Map.of()));
		return Map.copyOf(texts);
	}

	private static Map<String, String> texts(Resource file) throws IOException {
		Properties properties = new Properties();
		try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
			properties.load(reader);
		}
		Map<String, String> texts = new HashMap<>();
		properties.stringPropertyNames().forEach((key) -> texts.put(key, properties.getProperty(key)));
		return texts;
	}

	private static String suffix(String file) {
		return file.substring(NAME.length(), file.length() - EXTENSION.length());
	}

	private static Locale language(String suffix) {
		return suffix.isEmpty() ? Languages.DEFAULT
				: new Locale.Builder().setLanguageTag(suffix.substring(1).replace('_', '-')).build();
	}

}
