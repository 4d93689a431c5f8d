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
import reactor.core.publisher.Mono;

/**
 * The mail that offers an account to one of its members. There is no secret in it: they
 * sign in to answer.
 */
class OwnershipOfferTopic implements MailTopic {

	static final String NAME = "ownership-offer";

	private final TransferRows rows;

	private final Links links;

	private final Languages languages;

	OwnershipOfferTopic(TransferRows rows, Links links, Languages languages) {
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
		return this.rows.find(new AccountId(order.shard()), order.version()).map(this::letter);
	}

	private Letter letter(TransferRows.Offer offer) {
		Locale locale = Locale.forLanguageTag(offer.locale());
		return new Letter(offer.to(), this.languages.in(locale).text("mail." + NAME + ".subject", offer.accountName()),
				NAME, locale, Map.of("link", this.links.console(), "account", DefusedText.of(offer.accountName()),
						"owner", DefusedText.of(offer.ownerName()), "expiresAt", offer.expiresAt()));
	}

}
