package dev.latchkey.language;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of one language. Every text is a {@link MessageFormat} pattern, whether it
 * has arguments or not, so an apostrophe is always written twice. Arguments are put in as
 * they are: nothing in them is read as a pattern.
 */
public final class Translations {

	private final Locale language;

	private final Locale region;

	private final Map<String, String> texts;

	/**
	 * Makes words.
	 * @param language the language of the texts
	 * @param region the language as it was asked for, such as German in Austria: it names
	 * the months
	 */
	Translations(Locale language, Locale region, Map<String, String> texts) {
		this.language = language;
		this.region = region;
		this.texts = texts;
	}

	/**
	 * The language of the texts, which need not be the one that was asked for.
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

	public String text(String key, Object... arguments) {
		Object[] words = Arrays.stream(arguments).map(String::valueOf).toArray();
		// Without a language: the arguments are texts, and loading a language's numbers
		// blocks.
		return new MessageFormat(pattern(key), Locale.ROOT).format(words);
	}

	/**
	 * A day and a time, in UTC, without the name of the zone. Loads what the language
	 * calls its months, so it may block.
	 */
	public String moment(Instant instant) {
		return DateTimeFormatter.ofPattern(text("moment"), this.region).format(instant.atOffset(ZoneOffset.UTC));
	}

	private String pattern(String key) {
		String pattern = this.texts.get(key);
		if (pattern == null) {
			throw new IllegalArgumentException("no text " + key);
		}
		return pattern;
	}

}
