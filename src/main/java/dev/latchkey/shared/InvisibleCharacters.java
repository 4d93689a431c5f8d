package dev.latchkey.shared;

import java.util.OptionalInt;

/**
 * White space and other characters without a shape, which come along when a text is
 * copied from a spreadsheet or a mail program.
 */
final class InvisibleCharacters {

	/** It shows the text after it backwards, so the reader sees another text. */
	private static final int RIGHT_TO_LEFT_OVERRIDE = 0x202E;

	private InvisibleCharacters() {
	}

	/**
	 * Removes white space and invisible characters at both ends of a text. Control
	 * characters are not removed, nor is the right-to-left override.
	 */
	static String strip(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isStripped(text.codePointAt(start))) {
			start += Character.charCount(text.codePointAt(start));
		}
		while (end > start && isStripped(text.codePointBefore(end))) {
			end -= Character.charCount(text.codePointBefore(end));
		}
		return text.substring(start, end);
	}

	/**
	 * The first invisible character or unusual white space in a text. A space, a tab and
	 * a line break are not meant: readers see that something is there.
	 */
	static OptionalInt first(String text) {
		return text.codePoints()
			.filter((codePoint) -> (codePoint >= 0x80 || Character.isISOControl(codePoint))
					&& (isInvisible(codePoint) || Character.isISOControl(codePoint)))
			.filter((codePoint) -> codePoint != '\t' && codePoint != '\n' && codePoint != '\r')
			.findFirst();
	}

	private static boolean isStripped(int codePoint) {
		return isInvisible(codePoint) && codePoint != RIGHT_TO_LEFT_OVERRIDE;
	}

	private static boolean isInvisible(int codePoint) {
		return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint)
				|| Character.getType(codePoint) == Character.FORMAT || isIgnorableMarkOrLetter(codePoint);
	}

	/**
	 * The characters with the Unicode property Default_Ignorable_Code_Point that are
	 * marks or letters: joiners, fillers and variation selectors.
	 */
	private static boolean isIgnorableMarkOrLetter(int codePoint) {
		return switch (codePoint) {
			case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0 -> true;
			default -> isBetween(codePoint, 0x180B, 0x180F) || isBetween(codePoint, 0xFE00, 0xFE0F)
					|| isBetween(codePoint, 0xE0100, 0xE01EF);
		};
	}

	private static boolean isBetween(int codePoint, int first, int last) {
		return codePoint >= first && codePoint <= last;
	}

}
