package dev.latchkey.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Access to YAML documents as maps, lists and values.
 */
final class Tree {

	private Tree() {
	}

	static List<Map<String, Object>> documents(Path file) {
		try {
			return documents(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads all documents. A duplicate key is an error.
	 */
	static List<Map<String, Object>> documents(String text) {
		return StreamSupport.stream(yaml().loadAll(text).spliterator(), false).map(Tree::map).toList();
	}

	static Object value(String text) {
		return yaml().load(text);
	}

	@SuppressWarnings("unchecked")
	static Map<String, Object> map(@Nullable Object value) {
		if (!(value instanceof Map)) {
			throw new AssertionError("not a map: " + value);
		}
		return (Map<String, Object>) value;
	}

	@SuppressWarnings("unchecked")
	static List<Object> list(@Nullable Object value) {
		if (!(value instanceof List)) {
			throw new AssertionError("not a list: " + value);
		}
		return (List<Object>) value;
	}

	/**
	 * The value at a path such as {@code spec.rules.0.host}, or null.
	 */
	static @Nullable Object at(Object root, String path) {
		Object value = root;
		for (String step : path.split("\\.", -1)) {
			if (value instanceof List<?> list) {
				value = (Integer.parseInt(step) < list.size()) ? list.get(Integer.parseInt(step)) : null;
			}
			else {
				value = map(value).get(step);
			}
			if (value == null) {
				return null;
			}
		}
		return value;
	}

	/**
	 * The value at a path.
	 * @throws AssertionError if there is none
	 */
	static Object required(Object root, String path) {
		Object value = at(root, path);
		if (value == null) {
			throw new AssertionError("no " + path + " in " + root);
		}
		return value;
	}

	static String text(Object root, String path) {
		return (String) required(root, path);
	}

	/**
	 * A deep copy.
	 */
	static Object copy(@Nullable Object value) {
		if (value == null) {
			throw new AssertionError("an empty value");
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> copy = new LinkedHashMap<>();
			map.forEach((name, inner) -> copy.put((String) name, copy(inner)));
			return copy;
		}
		if (value instanceof List<?> list) {
			List<Object> copy = new ArrayList<>();
			list.forEach((inner) -> copy.add(copy(inner)));
			return copy;
		}
		return value;
	}

	/**
	 * Requires that a map has only known keys.
	 * @param where the place for the message
	 */
	static void requireKnownKeys(Map<String, Object> map, Set<String> known, String where) {
		Set<String> unknown = new TreeSet<>(map.keySet());
		unknown.removeAll(known);
		if (!unknown.isEmpty()) {
			throw new AssertionError(where + ": unknown " + unknown);
		}
	}

	private static Yaml yaml() {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		return new Yaml(new SafeConstructor(options));
	}

}
