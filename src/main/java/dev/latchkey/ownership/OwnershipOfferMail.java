package dev.latchkey.ownership;

import java.util.Map;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * The mail that offers the ownership of an account to a member. It is sent only while the
 * offer is open.
 */
class OwnershipOfferMail implements MailType {

	static final String NAME = "ownership-offer";

	private final OwnershipMailStore store;

	private final OwnershipMails mails;

	OwnershipOfferMail(OwnershipMailStore store, OwnershipMails mails) {
		this.store = store;
		this.mails = mails;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail mail) {
		return this.store.findOfferMail(new AccountId(mail.shard()), mail.version())
			.map((offer) -> this.mails.compose(NAME, offer.content(), Map.of("expiresAt", offer.expiresAt())));
	}

}
