package dev.latchkey.invitation;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * The mail that reminds of an invitation, with the very link that was mailed before. Its
 * subject is the reminder and not the invitation, so that its attempts are told from
 * those of the mail that invites.
 */
class ReminderMail implements MailType {

	private final InvitationStore store;

	private final InvitationMails mails;

	ReminderMail(InvitationStore store, InvitationMails mails) {
		this.store = store;
		this.mails = mails;
	}

	@Override
	public String name() {
		return "reminder";
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail order) {
		return this.store.findOfReminder(new AccountId(order.shard()), order.subject())
			.filter((invitation) -> invitation.opensWith(order.version()))
			.flatMap((invitation) -> this.mails.write(invitation, name()));
	}

}
