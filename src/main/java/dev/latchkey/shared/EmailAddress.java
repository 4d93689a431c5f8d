package dev.latchkey.shared;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One plain e-mail address. Two spellings of the same mailbox owner are equal: what is
 * compared is the canonical form (trimmed, NFC, lower case, the domain as A-label), while
 * {@link #value()} keeps the spelling to write to.
 *
 * @param value the address as it is shown and written to, with an ASCII domain
 * @param canonical the form that identifies a person
 */
public record EmailAddress(String value, String canonical) {

	private static final int MAX_LENGTH = 254;

	private static final int MAX_LOCAL = 64;

	private static final Pattern LOCAL = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

	private static final Pattern DOMAIN = Pattern
		.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	/**
	 * Reads exactly one address. Display names, lists, quoted local parts, comments,
	 * address literals and characters that turn into ASCII when folded (U+212A, U+0131,
	 * U+017F) are refused.
	 * @throws DomainException {@link ProblemCode#INVALID_EMAIL}
	 */
	public static EmailAddress of(String text) {
		String trimmed = text.strip();
		int at = trimmed.lastIndexOf('@');
		if (at < 1 || at > MAX_LOCAL || text.length() > MAX_LENGTH) {
			throw invalid();
		}
		String local = trimmed.substring(0, at);
		String domain = asciiDomain(trimmed.substring(at + 1));
		if (!LOCAL.matcher(local).matches() || local.length() + 1 + domain.length() > MAX_LENGTH) {
			throw invalid();
		}
		String value = local + '@' + domain;
		return new EmailAddress(value, value.toLowerCase(Locale.ROOT));
	}

	/**
	 * The mailbox for limits: {@code +tag} aliases are different people to us, but they
	 * fill one mailbox.
	 */
	public String mailbox() {
		int plus = this.canonical.indexOf('+');
		int at = this.canonical.lastIndexOf('@');
		return (plus > 0 && plus < at) ? this.canonical.substring(0, plus) + this.canonical.substring(at)
				: this.canonical;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof EmailAddress that && this.canonical.equals(that.canonical);
	}

	@Override
	public int hashCode() {
		return this.canonical.hashCode();
	}

	@Override
	public String toString() {
		return this.value;
	}

	private static String asciiDomain(String domain) {
		if (domain.codePoints().anyMatch(EmailAddress::foldsToAscii)) {
			throw invalid();
		}
		try {
			String composed = Normalizer.normalize(domain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
			String ascii = IDN.toASCII(composed, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
			if (ascii.length() > 253 || !DOMAIN.matcher(ascii).matches() || isNumeric(ascii)) {
				throw invalid();
			}
			if (!ascii.equals(composed) && !IDN.toUnicode(ascii).equals(composed)) {
				// Something was mapped away: a dot of another script, an invisible mark.
				throw invalid();
			}
			return ascii;
		}
		catch (IllegalArgumentException ex) {
			throw invalid();
		}
	}

	private static boolean isNumeric(String domain) {
		String last = domain.substring(domain.lastIndexOf('.') + 1);
		return last.chars().allMatch((character) -> character >= '0' && character <= '9');
	}

	/**
	 * A letter outside ASCII that case folding or compatibility mapping turns into ASCII
	 * would let two addresses look different and be the same.
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

	private static DomainException invalid() {
		return new DomainException(ProblemCode.INVALID_EMAIL, DetailMessage.EMAIL_INVALID).with("field", "email");
	}

}
