package dev.latchkey.language;

import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.latchkey.shared.DetailMessage;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * The supported languages: English, which is the fallback for all others, and every
 * language that has a message bundle.
 */
public final class Languages {

	/** The language that is used if no other is requested. */
	public static final Locale DEFAULT = Locale.ENGLISH;

	/** The maximum length of a language tag (RFC 5646, section 4.4.1). */
	public static final int MAX_TAG_LENGTH = 35;

	private static final int MAX_HEADER_LENGTH = 1000;

	private final Map<Locale, Map<String, String>> texts;

	Languages(Map<Locale, Map<String, String>> texts) {
		this.texts = Map.copyOf(texts);
	}

	public Set<Locale> supported() {
		return this.texts.keySet();
	}

	/**
	 * The texts for a locale: in its own language with its region, in the language
	 * without the region, or in the default language.
	 */
	public Translations translations(Locale locale) {
		return bestMatch(locale).map((language) -> translations(language, locale))
			.orElseGet(() -> translations(DEFAULT, DEFAULT));
	}

	/**
	 * The texts in the best supported language for a client (RFC 9110, section 12.5.4;
	 * RFC 4647, section 3.4).
	 * @param header the lines of Accept-Language; if they cannot be parsed, the default
	 * language is used
	 */
	public Translations negotiate(List<String> header) {
		Locale language = ranges(header).map((ranges) -> Locale.lookup(ranges, supported())).orElse(DEFAULT);
		return translations(language, language);
	}

	/**
	 * Parses the field {@code locale} of a payload. An unsupported language is refused:
	 * replacing it with another one would surprise the client.
	 * @param tag a language tag (BCP 47), or null if the field was not sent
	 * @return the locale, or null
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public @Nullable Locale parseTag(@Nullable String tag) {
		if (tag == null) {
			return null;
		}
		return wellFormed(tag).filter((locale) -> bestMatch(locale).isPresent())
			.orElseThrow(() -> DomainException.invalidField("locale", DetailMessage.LANGUAGE_UNSUPPORTED,
					MAX_TAG_LENGTH, tags()));
	}

	private Translations translations(Locale language, Locale region) {
		return new Translations(language, region, Objects.requireNonNull(this.texts.get(language)));
	}

	private Optional<Locale> bestMatch(Locale locale) {
		return Optional
			.ofNullable(Locale.lookup(List.of(new LanguageRange(locale.toLanguageTag())), this.texts.keySet()));
	}

	private String tags() {
		return supported().stream().map(Locale::toLanguageTag).sorted().collect(Collectors.joining(", "));
	}

	private static Optional<Locale> wellFormed(String tag) {
		try {
			return (tag.length() <= MAX_TAG_LENGTH) ? Optional.of(new Locale.Builder().setLanguageTag(tag).build())
					: Optional.empty();
		}
		catch (IllformedLocaleException ex) {
			return Optional.empty();
		}
	}

	private static Optional<List<LanguageRange>> ranges(List<String> header) {
		String text = String.join(",", header).replace('\t', ' ').replaceAll("(?<=^|,) *,", "").strip();
		if (text.isEmpty() || text.length() > MAX_HEADER_LENGTH) {
			return Optional.empty();
		}
		try {
			return Optional.of(LanguageRange.parse(text));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
