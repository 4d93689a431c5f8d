package dev.latchkey.mail;

/**
 * Prevents mail programs from turning text into links. Names in mails are chosen by other
 * users, and the only link in a mail must be the one that this service writes.
 */
public final class UnlinkedText {

	/** WORD JOINER: it has no width, allows no line break, and ends a URL. */
	private static final String WORD_JOINER = "\u2060";

	private UnlinkedText() {
	}

	/**
	 * Returns text that looks the same, but that no program recognizes as an address or a
	 * URL.
	 */
	public static String of(String text) {
		return text.replaceAll("(?<=\\S)[.:/@\\\\\u3002\uFF0E\uFF61](?=\\S)", WORD_JOINER + "$0" + WORD_JOINER);
	}

}
