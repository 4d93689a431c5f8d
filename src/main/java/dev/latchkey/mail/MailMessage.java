package dev.latchkey.mail;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.shared.EmailAddress;

/**
 * A mail before it is rendered. The model may hold a live link, so it is never printed.
 *
 * @param template the name of a pair of templates, one for text and one for HTML
 */
public record MailMessage(EmailAddress to, String subject, String template, Locale locale, Map<String, Object> model) {

	@Override
	public String toString() {
		return "Letter[" + this.template + "]";
	}

}
