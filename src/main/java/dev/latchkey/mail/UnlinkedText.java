package dev.latchkey.mail;

/**
 * Takes the life out of text that mail programs would turn into a link: a name is chosen
 * by a stranger, and the only link in a mail is ours.
 */
public final class UnlinkedText {

	/** WORD JOINER: has no width, breaks no line, and ends a URL. */
	private static final String BREAK = "\u2060";

	private UnlinkedText() {
	}

	/**
	 * The same text to the eye, with nothing in it that a program takes for an address.
	 */
	public static String of(String text) {
		return text.replaceAll("(?<=\\S)[.:/@\\\\\u3002\uFF0E\uFF61](?=\\S)", BREAK + "$0" + BREAK);
	}

}
