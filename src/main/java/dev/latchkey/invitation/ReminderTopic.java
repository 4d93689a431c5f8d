package dev.latchkey.invitation;

import dev.latchkey.mail.Letter;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;

/**
 * The mail that reminds of an invitation, with the very link that was mailed before. Its
 * subject is the reminder and not the invitation, so that its attempts are told from
 * those of the mail that invites.
 */
class ReminderTopic implements MailTopic {

	private final InvitationRows rows;

	private final InvitationLetters letters;

	ReminderTopic(InvitationRows rows, InvitationLetters letters) {
		this.rows = rows;
		this.letters = letters;
	}

	@Override
	public String name() {
		return "reminder";
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.findOfReminder(new AccountId(order.shard()), order.subject())
			.filter((invitation) -> invitation.opensWith(order.version()))
			.flatMap((invitation) -> this.letters.write(invitation, name()));
	}

}
