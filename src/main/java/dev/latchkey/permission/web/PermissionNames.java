package dev.latchkey.permission.web;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.latchkey.language.Languages;
import dev.latchkey.permission.Permission;

/**
 * The names that people use for permissions in a text: the keys, and the titles in all
 * languages of the service, in upper or lower case.
 */
public final class PermissionNames {

	private static final String NO_SEPARATOR = "[^\\s,;|]";

	/** Separates names that are not known, because they can contain spaces. */
	private static final Pattern LIST_SEPARATOR = Pattern.compile("[\\r\\n,;|]");

	private static final Pattern SPACES = Pattern.compile("\\h+");

	private final Map<String, String> keys;

	private final Pattern known;

	private PermissionNames(Map<String, String> keys) {
		this.keys = keys;
		String names = keys.keySet()
			.stream()
			.sorted(Comparator.comparingInt(String::length).reversed())
			.map(Pattern::quote)
			.collect(Collectors.joining("|"));
		this.known = Pattern.compile("(?<!" + NO_SEPARATOR + ")(?:" + names + ")(?!" + NO_SEPARATOR + ")",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
	}

	/**
	 * The names in the languages.
	 */
	public static PermissionNames of(Languages languages) {
		Map<String, String> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (Permission permission : Permission.catalogue()) {
			for (Locale language : languages.supported()) {
				keys.put(normalized(languages.translations(language).text(permission.titleKey())), permission.key());
			}
		}
		Permission.catalogue().forEach((permission) -> keys.put(permission.key(), permission.key()));
		return new PermissionNames(keys);
	}

	/**
	 * Finds the permissions in a text. They are separated by spaces, line breaks, commas,
	 * semicolons or vertical bars, which can also be a part of a title: the longest name
	 * counts.
	 * @return the keys in the order of the text, and a name that is not known as it is
	 */
	public List<String> parse(String text) {
		String normalized = normalized(text);
		List<String> found = new ArrayList<>();
		Matcher matcher = this.known.matcher(normalized);
		int end = 0;
		while (matcher.find()) {
			addUnknown(normalized.substring(end, matcher.start()), found);
			found.add(this.keys.getOrDefault(matcher.group(), matcher.group()));
			end = matcher.end();
		}
		addUnknown(normalized.substring(end), found);
		return found;
	}

	private static void addUnknown(String text, List<String> found) {
		LIST_SEPARATOR.splitAsStream(text).map(String::strip).filter((name) -> !name.isEmpty()).forEach(found::add);
	}

	private static String normalized(String text) {
		return SPACES.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ").strip();
	}

}
