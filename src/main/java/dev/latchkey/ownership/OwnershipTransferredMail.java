package dev.latchkey.ownership;

import java.util.Map;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The mail that tells the old owner who has the account now, in case it was not they who
 * gave it away.
 */
class OwnershipTransferredMail implements MailType {

	static final String NAME = "ownership-news";

	private static final String TEMPLATE = "ownership-transferred";

	private final OwnershipTransferStore store;

	private final OwnershipMails mails;

	OwnershipTransferredMail(OwnershipTransferStore store, OwnershipMails mails) {
		this.store = store;
		this.mails = mails;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail order) {
		return this.store.findNews(new AccountId(order.shard()), new UserId(order.subject()))
			.map((news) -> this.mails.write(TEMPLATE, news, Map.of()));
	}

}
