package dev.latchkey.ownership;

import java.util.Map;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * The mail that informs the previous owner about the transfer, in case another person has
 * offered the account with the owner's login.
 */
class OwnershipTransferredMail implements MailType {

	static final String NAME = "ownership-news";

	private static final String TEMPLATE = "ownership-transferred";

	private final OwnershipMailStore store;

	private final OwnershipMails mails;

	OwnershipTransferredMail(OwnershipMailStore store, OwnershipMails mails) {
		this.store = store;
		this.mails = mails;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail mail) {
		return this.store.findTransferredMail(new AccountId(mail.shard()), new UserId(mail.subject()))
			.map((content) -> this.mails.compose(TEMPLATE, content, Map.of()));
	}

}
