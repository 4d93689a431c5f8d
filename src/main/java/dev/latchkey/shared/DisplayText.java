package dev.latchkey.shared;

import java.text.Normalizer;

/**
 * Checks short texts that users enter and other users read: names of users and accounts,
 * and reasons. A valid text is one line of visible characters, which is safe to insert
 * into other text.
 */
public final class DisplayText {

	/** The maximum length of a name in code points. */
	public static final int MAX_NAME_LENGTH = 80;

	/** The maximum length of a reason in code points. */
	public static final int MAX_REASON_LENGTH = 300;

	private DisplayText() {
	}

	/**
	 * Checks and normalizes a name of 1 to {@value #MAX_NAME_LENGTH} characters.
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public static String name(String field, String text) {
		return line(field, text, MAX_NAME_LENGTH);
	}

	/**
	 * Checks and normalizes a reason of 1 to {@value #MAX_REASON_LENGTH} characters.
	 * @throws DomainException {@link ProblemCode#INVALID_FIELD}
	 */
	public static String reason(String field, String text) {
		return line(field, text, MAX_REASON_LENGTH);
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
