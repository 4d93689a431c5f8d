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
 * The languages that this service speaks: English, which fills in for all others, and
 * those that there is a bundle for.
 */
public final class Languages {

	/** What is spoken where nothing else is asked for. */
	public static final Locale DEFAULT = Locale.ENGLISH;

	/** The longest language tag that is taken (RFC 5646, section 4.4.1). */
	public static final int MAX_TAG = 35;

	private static final int MAX_HEADER = 1000;

	private final Map<Locale, Map<String, String>> texts;

	Languages(Map<Locale, Map<String, String>> texts) {
		this.texts = Map.copyOf(texts);
	}

	public Set<Locale> all() {
		return this.texts.keySet();
	}

	/**
	 * The words of the language that is nearest to a wanted one: of its own, of the
	 * language without the region, or of the default.
	 */
	public Translations in(Locale wanted) {
		return spoken(wanted).map((language) -> words(language, wanted)).orElseGet(() -> words(DEFAULT, DEFAULT));
	}

	/**
	 * The words that suit a reader best (RFC 9110, section 12.5.4; RFC 4647, section
	 * 3.4).
	 * @param header the lines of Accept-Language; whatever can't be read asks for nothing
	 */
	public Translations accepted(List<String> header) {
		Locale language = ranges(header).map((ranges) -> Locale.lookup(ranges, all())).orElse(DEFAULT);
		return words(language, language);
	}

	/**
	 * Reads the field {@code locale} of a payload. Silently speaking another language
	 * than was asked for would surprise, so only what is spoken is taken.
	 * @param tag a language tag (BCP 47), or null if the field was not sent
	 * @return the language, or null
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public @Nullable Locale chosen(@Nullable String tag) {
		if (tag == null) {
			return null;
		}
		return wellFormed(tag).filter((language) -> spoken(language).isPresent())
			.orElseThrow(() -> DomainException.invalidField("locale", DetailMessage.LANGUAGE_UNKNOWN, MAX_TAG, tags()));
	}

	private Translations words(Locale language, Locale region) {
		return new Translations(language, region, Objects.requireNonNull(this.texts.get(language)));
	}

	private Optional<Locale> spoken(Locale wanted) {
		return Optional
			.ofNullable(Locale.lookup(List.of(new LanguageRange(wanted.toLanguageTag())), this.texts.keySet()));
	}

	private String tags() {
		return all().stream().map(Locale::toLanguageTag).sorted().collect(Collectors.joining(", "));
	}

	private static Optional<Locale> wellFormed(String tag) {
		try {
			return (tag.length() <= MAX_TAG) ? Optional.of(new Locale.Builder().setLanguageTag(tag).build())
					: Optional.empty();
		}
		catch (IllformedLocaleException ex) {
			return Optional.empty();
		}
	}

	private static Optional<List<LanguageRange>> ranges(List<String> header) {
		String text = String.join(",", header).replace('\t', ' ').replaceAll("(?<=^|,) *,", "").strip();
		if (text.isEmpty() || text.length() > MAX_HEADER) {
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
