package dev.latchkey.mail;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.shared.EmailAddress;

/**
 * A mail before it is rendered. Its model may hold a valid link, so {@link #toString()}
 * hides it.
 *
 * @param template the name of a pair of templates, one for plain text and one for HTML
 */
public record MailMessage(EmailAddress to, String subject, String template, Locale locale, Map<String, Object> model) {

	@Override
	public String toString() {
		return "MailMessage[" + this.template + "]";
	}

}
