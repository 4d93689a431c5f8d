package dev.latchkey.shared;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a reader could take a domain label in Unicode for another one, for
 * example Cyrillic {@code раураl} for {@code paypal}. The rules are those of browsers, in
 * short: "highly restrictive" of Unicode Technical Standard 39, and no label that
 * consists of letters that look Latin.
 */
final class LookAlikes {

	/** The scripts that are used together in one language. */
	private static final List<Set<UnicodeScript>> COMBINATIONS = List.of(
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA),
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO),
			EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL));

	private static final Set<UnicodeScript> KANA = EnumSet.of(UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

	/** The Cyrillic and Greek letters that look like Latin letters or digits. */
	private static final String LATIN_LOOKING = "асԁеһіјӏорԛѕԝхуъьҽпгѵѡзбв" + "αικνορτυχωγ";

	private LookAlikes() {
	}

	/**
	 * Whether a label could be taken for another one.
	 * @param label a U-label in lower case
	 * @param underAsciiTop whether the top-level domain is ASCII; under another one,
	 * readers expect its script
	 */
	static boolean isAmbiguous(String label, boolean underAsciiTop) {
		return !mixesOnlyUsualScripts(label) || !label.codePoints().allMatch(LookAlikes::isUsualInWords)
				|| (underAsciiTop && label.codePoints().allMatch(LookAlikes::looksLatin));
	}

	private static boolean mixesOnlyUsualScripts(String label) {
		Set<UnicodeScript> scripts = label.codePoints()
			.filter((codePoint) -> codePoint >= 0x80 || Character.isLetter(codePoint))
			.mapToObj(UnicodeScript::of)
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
		if (scripts.stream().anyMatch(KANA::contains)) {
			// Such as the prolonged sound mark, which looks like a hyphen elsewhere.
			scripts.remove(UnicodeScript.COMMON);
		}
		if (scripts.contains(UnicodeScript.COMMON) || scripts.contains(UnicodeScript.INHERITED)) {
			return false;
		}
		return scripts.size() == 1 || COMBINATIONS.stream().anyMatch((usual) -> usual.containsAll(scripts));
	}

	/**
	 * Excludes symbols, such as a fraction that looks like a slash, and phonetic letters.
	 */
	private static boolean isUsualInWords(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
			default -> codePoint == '-' || (Character.isLetterOrDigit(codePoint)
					&& !UnicodeBlock.IPA_EXTENSIONS.equals(UnicodeBlock.of(codePoint)));
		};
	}

	private static boolean looksLatin(int codePoint) {
		return codePoint == '-' || Character.isDigit(codePoint) || LATIN_LOOKING.indexOf(codePoint) >= 0;
	}

}
