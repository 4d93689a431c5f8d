package dev.latchkey.account;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.mail.DefusedText;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;

/**
 * Writes to the two between whom an account changes hands. There is no secret in it: they
 * sign in to answer.
 */
class OwnershipLetters {

	private final Links links;

	private final Languages languages;

	OwnershipLetters(Links links, Languages languages) {
		this.links = links;
		this.languages = languages;
	}

	/**
	 * Writes a letter.
	 * @param template also the name of its subject in the languages' bundles
	 * @param more what only this template needs
	 */
	Letter write(String template, TransferRows.News news, Map<String, Object> more) {
		Locale locale = Locale.forLanguageTag(news.locale());
		Map<String, Object> model = new HashMap<>(more);
		model.put("link", this.links.console());
		model.put("account", DefusedText.of(news.accountName()));
		model.put("owner", DefusedText.of(news.ownerName()));
		return new Letter(news.to(),
				this.languages.in(locale).text("mail." + template + ".subject", news.accountName()), template, locale,
				model);
	}

}
