package dev.latchkey.shared;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One plain e-mail address. Two addresses are equal if their canonical forms are
 * (trimmed, NFC, lower case, the domain as A-label). {@link #value()} keeps the case of
 * the local part, because mail is sent to that spelling.
 *
 * @param value the address that is displayed and that mail is sent to, with an ASCII
 * domain
 * @param canonical the form that identifies a user
 */
public record EmailAddress(String value, String canonical) {

	private static final int MAX_LENGTH = 254;

	private static final int MAX_LOCAL_LENGTH = 64;

	private static final Pattern LOCAL = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

	private static final Pattern DOMAIN = Pattern
		.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	/**
	 * Parses exactly one address. Display names, lists, quoted local parts, comments,
	 * address literals and characters that case folding converts to ASCII (U+212A,
	 * U+0131, U+017F) are refused.
	 * @throws DomainException {@link ProblemCode#INVALID_EMAIL}
	 */
	public static EmailAddress of(String text) {
		String trimmed = text.strip();
		int at = trimmed.lastIndexOf('@');
		if (at < 1 || at > MAX_LOCAL_LENGTH || text.length() > MAX_LENGTH) {
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
	 * The mailbox, for rate limits: addresses that differ only in their {@code +tag} are
	 * different users, but share one mailbox.
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
				// A character was mapped, such as the dot of another script, or removed.
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

	private static DomainException invalid() {
		return new DomainException(ProblemCode.INVALID_EMAIL, DetailMessage.EMAIL_INVALID).with("field", "email");
	}

}
