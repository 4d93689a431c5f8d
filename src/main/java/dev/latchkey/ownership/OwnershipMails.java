package dev.latchkey.ownership;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.linktoken.MailedLinks;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.UnlinkedText;

/**
 * Writes to the two between whom an account changes hands. There is no secret in it: they
 * sign in to answer.
 */
class OwnershipMails {

	private final MailedLinks links;

	private final Languages languages;

	OwnershipMails(MailedLinks links, Languages languages) {
		this.links = links;
		this.languages = languages;
	}

	/**
	 * Writes a letter.
	 * @param template also the name of its subject in the languages' bundles
	 * @param more what only this template needs
	 */
	MailMessage write(String template, OwnershipTransferStore.News news, Map<String, Object> more) {
		Locale locale = Locale.forLanguageTag(news.locale());
		Map<String, Object> model = new HashMap<>(more);
		model.put("link", this.links.console());
		model.put("account", UnlinkedText.of(news.accountName()));
		model.put("owner", UnlinkedText.of(news.ownerName()));
		return new MailMessage(news.to(),
				this.languages.translations(locale).text("mail." + template + ".subject", news.accountName()), template,
				locale, model);
	}

}
