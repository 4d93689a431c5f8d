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
 * Finds the bundles of texts. {@code messages.properties} holds the English ones and says
 * which there are; {@code messages_de.properties} beside it makes the service speak
 * German, {@code messages_de_AT.properties} what is said otherwise in Austria. They are
 * written in UTF-8.
 */
public final class MessageBundles {

	private static final String NAME = "messages";

	private static final String ENDING = ".properties";

	private MessageBundles() {
	}

	/**
	 * Reads what is in the house.
	 */
	public static Languages read() {
		return read("classpath:languages/");
	}

	/**
	 * Reads the bundles of a folder.
	 * @param folder a location of resources that ends in a slash
	 */
	public static Languages read(String folder) {
		Map<String, Map<String, String>> bundles = new HashMap<>();
		try {
			for (Resource file : new PathMatchingResourcePatternResolver().getResources(folder + NAME + "*" + ENDING)) {
				bundles.put(suffix(Objects.requireNonNull(file.getFilename())), texts(file));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("the texts in " + folder + " can't be read", ex);
		}
		Map<Locale, Map<String, String>> languages = new HashMap<>();
		bundles.keySet().forEach((suffix) -> languages.put(language(suffix), whole(bundles, suffix)));
		return new Languages(languages);
	}

	/**
	 * A bundle on top of those it adds to.
	 */
	private static Map<String, String> whole(Map<String, Map<String, String>> bundles, String suffix) {
		Map<String, String> whole = new HashMap<>();
		for (int end = 0; end >= 0; end = suffix.indexOf('_', end + 1)) {
			whole.putAll(bundles.getOrDefault(suffix.substring(0, end), Map.of()));
		}
		whole.putAll(bundles.getOrDefault(suffix, Map.of()));
		return Map.copyOf(whole);
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
		return file.substring(NAME.length(), file.length() - ENDING.length());
	}

	private static Locale language(String suffix) {
		return suffix.isEmpty() ? Languages.DEFAULT
				: new Locale.Builder().setLanguageTag(suffix.substring(1).replace('_', '-')).build();
	}

}
