package dev.latchkey.invitation;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * The mail that reminds the invitee of an invitation, with the same link as the mail
 * before. It is queued under the id of the reminder, not of the invitation, so that its
 * delivery attempts are kept apart from those of the invitation's mail.
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
	public Mono<MailMessage> compose(QueuedMail mail) {
		return this.store.findByReminder(new AccountId(mail.shard()), mail.subject())
			.filter((invitation) -> invitation.isValidLink(mail.version()))
			.flatMap((invitation) -> this.mails.compose(invitation, name()));
	}

}
