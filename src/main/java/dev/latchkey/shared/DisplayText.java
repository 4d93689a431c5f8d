package dev.latchkey.shared;

import java.text.Normalizer;

/**
 * Checks for short texts that people choose and other people read: names of persons and
 * accounts, reasons. What passes is one line of visible characters, safe to put beside
 * other words.
 */
public final class DisplayText {

	/** The longest name, in code points. */
	public static final int MAX_NAME = 80;

	/** The longest reason, in code points. */
	public static final int MAX_REASON = 300;

	private DisplayText() {
	}

	/**
	 * A name of 1 to {@value #MAX_NAME} characters.
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public static String name(String field, String text) {
		return line(field, text, MAX_NAME);
	}

	/**
	 * A reason of 1 to {@value #MAX_REASON} characters.
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public static String reason(String field, String text) {
		return line(field, text, MAX_REASON);
	}

	private static String line(String field, String text, int max) {
		String line = Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
		if (line.codePoints().allMatch(Character::isSpaceChar)) {
			throw DomainException.invalidField(field, DetailMessage.BLANK);
		}
		if (length(text) > max || length(line) > max) {
			throw DomainException.invalidField(field, DetailMessage.TOO_LONG, max);
		}
		if (!line.codePoints().allMatch(DisplayText::isVisible)) {
			throw DomainException.invalidField(field, DetailMessage.INVISIBLE_CHARACTERS);
		}
		return line;
	}

	private static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	private static boolean isVisible(int codePoint) {
		boolean joiner = codePoint == 0x200C || codePoint == 0x200D;
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
					Character.UNASSIGNED, Character.PRIVATE_USE ->
				false;
			case Character.FORMAT -> joiner;
			default -> true;
		};
	}

}
