package dev.latchkey.ownership;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.UnlinkedText;
import dev.latchkey.ownership.OwnershipMailStore.MailContent;

/**
 * Composes the mails of an ownership transfer. They contain no secret link, because the
 * recipients sign in to respond.
 */
class OwnershipMails {

	private final MailedLinks links;

	private final Languages languages;

	OwnershipMails(MailedLinks links, Languages languages) {
		this.links = links;
		this.languages = languages;
	}

	/**
	 * Composes a mail.
	 * @param template the name of the template, which is also part of the message key of
	 * the subject
	 * @param variables the variables that only this template needs
	 */
	MailMessage compose(String template, MailContent content, Map<String, Object> variables) {
		Locale locale = Locale.forLanguageTag(content.locale());
		Map<String, Object> model = new HashMap<>(variables);
		model.put("link", this.links.console());
		model.put("account", UnlinkedText.of(content.accountName()));
		model.put("owner", UnlinkedText.of(content.ownerName()));
		return new MailMessage(content.recipient(),
				this.languages.translations(locale).text("mail." + template + ".subject", content.accountName()),
				template, locale, model);
	}

}
