package dev.latchkey.invitation;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Mono;

/**
 * The mail that invites. It is written only while the version it was ordered for is the
 * invitation's newest and the invitation is open.
 */
class InvitationMail implements MailType {

	private final InvitationStore store;

	private final RecordDelivery recordDelivery;

	private final InvitationMails mails;

	private final InvitationNotifier notifier;

	InvitationMail(InvitationStore store, RecordDelivery recordDelivery, InvitationMails mails,
			InvitationNotifier notifier) {
		this.store = store;
		this.recordDelivery = recordDelivery;
		this.mails = mails;
		this.notifier = notifier;
	}

	@Override
	public String name() {
		return "invitation";
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail order) {
		return this.store.find(new AccountId(order.shard()), new InvitationId(order.subject()))
			.filter((invitation) -> invitation.opensWith(order.version()))
			.flatMap((invitation) -> this.mails.write(invitation, name()));
	}

	@Override
	public Mono<Boolean> recordOutcome(QueuedMail order, boolean sent) {
		return this.recordDelivery.execute(order.shard(), order.subject(), order.version(), sent);
	}

	@Override
	public void afterCommit(QueuedMail order, boolean sent) {
		this.notifier.delivered(new AccountId(order.shard()), sent);
	}

}
