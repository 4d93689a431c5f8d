package dev.latchkey.shared;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One plain e-mail address. Two addresses are equal if their canonical forms are.
 * {@link #value()} is what was typed: it keeps the case of the local part, because mail
 * is sent to that spelling, and an international domain in Unicode.
 *
 * @param value the address that is displayed
 * @param canonical the form that identifies a user: trimmed, lower case, the domain in
 * its ASCII form
 */
public record EmailAddress(String value, String canonical) {

	/** The maximum length of an address in its ASCII form (RFC 5321, 4.5.3.1.3). */
	static final int MAX_LENGTH = 254;

	/** The maximum length of the part before the @ (RFC 5321, 4.5.3.1.1). */
	static final int MAX_LOCAL_LENGTH = 64;

	private static final Pattern LOCAL = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

	/**
	 * Parses exactly one address. White space and invisible characters around it are
	 * ignored. Display names, lists, quoted local parts, comments, address literals and
	 * characters that case folding converts to ASCII (U+212A, U+0131, U+017F) are
	 * refused.
	 * @throws DomainException {@link ProblemCode#INVALID_EMAIL}, with the reason as its
	 * message
	 */
	public static EmailAddress of(String text) {
		String address = InvisibleCharacters.strip(text);
		int at = address.lastIndexOf('@');
		String local = address.substring(0, Math.max(at, 0));
		if (address.length() > MAX_LENGTH || local.length() > MAX_LOCAL_LENGTH || !LOCAL.matcher(local).matches()) {
			throw EmailAddressRefusal.of(address);
		}
		MailDomain domain = MailDomain.parse(address.substring(at + 1))
			.filter((parsed) -> local.length() + 1 + parsed.ascii().length() <= MAX_LENGTH)
			.orElseThrow(() -> EmailAddressRefusal.of(address));
		return new EmailAddress(local + '@' + domain.displayed(),
				local.toLowerCase(Locale.ROOT) + '@' + domain.ascii());
	}

	/**
	 * Converts the domain labels in a part of an address to their ASCII form, so that a
	 * search for the typed spelling finds an address of which only the ASCII form is
	 * known. Labels that are not valid are kept.
	 */
	public static String toAsciiLabels(String part) {
		int domain = part.lastIndexOf('@') + 1;
		Optional<String> ascii = MailDomain.toAscii(part.substring(domain));
		return ascii.map((labels) -> part.substring(0, domain) + labels).orElse(part);
	}

	/**
	 * The address for SMTP: the local part in the case that was typed, and the domain in
	 * its ASCII form.
	 */
	public String ascii() {
		String local = this.value.substring(0, this.value.lastIndexOf('@'));
		return local + this.canonical.substring(this.canonical.lastIndexOf('@'));
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

}
