package dev.latchkey.account;

import java.util.Map;

import dev.latchkey.mail.Letter;
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

	private final OwnershipLetters letters;

	OwnershipNewsTopic(TransferRows rows, OwnershipLetters letters) {
		this.rows = rows;
		this.letters = letters;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.findNews(new AccountId(order.shard()), new UserId(order.subject()))
			.map((news) -> this.letters.write(NAME, news, Map.of()));
	}

}
