package dev.latchkey.invitation;

import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailType;
import dev.latchkey.mail.QueuedMail;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Mono;

/**
 * The mail with the link of an invitation. It is composed only while that link is valid.
 */
class InvitationMail implements MailType {

	private final InvitationStore store;

	private final InvitationCommands commands;

	private final InvitationMails mails;

	private final InvitationNotifier notifier;

	InvitationMail(InvitationStore store, InvitationCommands commands, InvitationMails mails,
			InvitationNotifier notifier) {
		this.store = store;
		this.commands = commands;
		this.mails = mails;
		this.notifier = notifier;
	}

	@Override
	public String name() {
		return "invitation";
	}

	@Override
	public Mono<MailMessage> compose(QueuedMail mail) {
		return this.store.find(new AccountId(mail.shard()), new InvitationId(mail.subject()))
			.filter((invitation) -> invitation.isValidLink(mail.version()))
			.flatMap((invitation) -> this.mails.compose(invitation, name()));
	}

	@Override
	public Mono<Boolean> recordOutcome(QueuedMail mail, boolean sent) {
		return this.commands.recordDelivery(new AccountId(mail.shard()), new InvitationId(mail.subject()),
				mail.version(), sent);
	}

	@Override
	public void afterCommit(QueuedMail mail, boolean sent) {
		this.notifier.delivered(new AccountId(mail.shard()), sent);
	}

}
