package dev.latchkey.language;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of one language. Every text is a {@link MessageFormat} pattern, even without
 * arguments, so an apostrophe is always written twice. Arguments are inserted literally,
 * never interpreted as patterns.
 */
public final class Translations {

	private final Locale language;

	private final Locale region;

	private final Map<String, String> texts;

	/**
	 * Creates the texts of a language.
	 * @param language the language of the texts
	 * @param region the requested locale, such as German in Austria, which determines the
	 * names of the months
	 */
	Translations(Locale language, Locale region, Map<String, String> texts) {
		this.language = language;
		this.region = region;
		this.texts = texts;
	}

	/**
	 * The language of the texts, which may differ from the requested language.
	 */
	public Locale language() {
		return this.language;
	}

	/**
	 * The tag of the language (BCP 47).
	 */
	public String tag() {
		return this.language.toLanguageTag();
	}

	/**
	 * Formats the text of a key.
	 * @throws IllegalArgumentException if there is no such key
	 */
	public String text(String key, Object... arguments) {
		Object[] values = Arrays.stream(arguments).map(String::valueOf).toArray();
		// All arguments are strings, so no locale is needed; loading the number formats
		// of one would block.
		return new MessageFormat(pattern(key), Locale.ROOT).format(values);
	}

	/**
	 * Formats a date and a time in UTC, without the name of the zone. It may block to
	 * load the names of the months.
	 */
	public String dateTime(Instant instant) {
		return DateTimeFormatter.ofPattern(text("date-time"), this.region).format(instant.atOffset(ZoneOffset.UTC));
	}

	private String pattern(String key) {
		String pattern = this.texts.get(key);
		if (pattern == null) {
			throw new IllegalArgumentException("no text with the key " + key);
		}
		return pattern;
	}

}
