package dev.latchkey.account;

import java.util.Map;

import dev.latchkey.mail.Letter;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * The mail that offers an account to one of its members, while the offer is open.
 */
class OwnershipOfferTopic implements MailTopic {

	static final String NAME = "ownership-offer";

	private final TransferRows rows;

	private final OwnershipLetters letters;

	OwnershipOfferTopic(TransferRows rows, OwnershipLetters letters) {
		this.rows = rows;
		this.letters = letters;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.find(new AccountId(order.shard()), order.version())
			.map((offer) -> this.letters.write(NAME, offer.news(), Map.of("expiresAt", offer.expiresAt())));
	}

}
