package dev.latchkey.shared;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The domain of an e-mail address. A label that is not ASCII has two forms: the U-label,
 * which people read, and the A-label, which starts with {@code xn--} and is what the DNS
 * and SMTP use (RFC 3490, RFC 5890).
 *
 * @param displayed the domain as it was typed, in lower case; a label that could be taken
 * for another one (see {@link LookAlikes}) is replaced with its A-label
 * @param ascii the domain with A-labels
 */
record MailDomain(String displayed, String ascii) {

	/** The maximum length of a label (RFC 1035, 2.3.4). */
	static final int MAX_LABEL_LENGTH = 63;

	private static final int MAX_LENGTH = 253;

	private static final Pattern ASCII = Pattern
		.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final Pattern NUMBER = Pattern.compile("[0-9]+");

	/**
	 * Parses a domain of at least two labels.
	 * @return the domain, or empty if it is not valid, or has a character that case
	 * folding or mapping changes to another one
	 */
	static Optional<MailDomain> parse(String text) {
		return toAscii(text).filter(MailDomain::isHostName)
			.map((ascii) -> new MailDomain(displayed(lowerCase(text).split("\\.", -1), ascii.split("\\.", -1)), ascii));
	}

	/**
	 * Converts each label to its A-label. The result is not checked further.
	 * @return the labels, or empty if one of them can't be converted
	 */
	static Optional<String> toAscii(String text) {
		if (text.codePoints().anyMatch(MailDomain::foldsToAscii)) {
			return Optional.empty();
		}
		try {
			return Optional.of(Arrays.stream(lowerCase(text).split("\\.", -1))
				.map(MailDomain::asciiLabel)
				.collect(Collectors.joining(".")));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static String lowerCase(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
	}

	private static String asciiLabel(String label) {
		String ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
		if (!ascii.equals(label) && !IDN.toUnicode(ascii).equals(label)) {
			throw new IllegalArgumentException("A character was mapped, such as the dot of another script, or removed");
		}
		return ascii;
	}

	private static boolean isHostName(String ascii) {
		String top = ascii.substring(ascii.lastIndexOf('.') + 1);
		return ascii.length() <= MAX_LENGTH && ASCII.matcher(ascii).matches() && !NUMBER.matcher(top).matches();
	}

	private static String displayed(String[] labels, String[] ascii) {
		boolean underAsciiTop = !ascii[ascii.length - 1].startsWith("xn--");
		String[] displayed = labels.clone();
		for (int index = 0; index < labels.length; index++) {
			if (!labels[index].equals(ascii[index]) && LookAlikes.isAmbiguous(labels[index], underAsciiTop)) {
				displayed[index] = ascii[index];
			}
		}
		return String.join(".", displayed);
	}

	/**
	 * A non-ASCII letter that case folding or compatibility mapping converts to ASCII
	 * would make different-looking addresses equal.
	 */
	private static boolean foldsToAscii(int codePoint) {
		if (codePoint < 0x80) {
			return false;
		}
		String text = Character.toString(codePoint);
		String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
		return hasAscii(compatible) || hasAscii(compatible.toLowerCase(Locale.ROOT))
				|| hasAscii(compatible.toUpperCase(Locale.ROOT)) || Character.getType(codePoint) == Character.FORMAT;
	}

	private static boolean hasAscii(String text) {
		return text.chars().anyMatch((character) -> character < 0x80);
	}

}
