package dev.latchkey.account;

import java.util.Locale;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.mail.DefusedText;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The mail that tells the old owner who has the account now, in case it was not they who
 * gave it away.
 */
class OwnershipNewsTopic implements MailTopic {

	static final String NAME = "ownership-news";

	private final TransferRows rows;

	private final Links links;

	private final Languages languages;

	OwnershipNewsTopic(TransferRows rows, Links links, Languages languages) {
		this.rows = rows;
		this.links = links;
		this.languages = languages;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.findNews(new AccountId(order.shard()), new UserId(order.subject())).map(this::letter);
	}

	private Letter letter(TransferRows.News news) {
		Locale locale = Locale.forLanguageTag(news.locale());
		return new Letter(news.to(), this.languages.in(locale).text("mail." + NAME + ".subject", news.accountName()),
				NAME, locale, Map.of("link", this.links.console(), "account", DefusedText.of(news.accountName()),
						"owner", DefusedText.of(news.ownerName())));
	}

}
