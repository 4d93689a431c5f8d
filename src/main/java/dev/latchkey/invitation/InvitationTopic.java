package dev.latchkey.invitation;

import dev.latchkey.mail.Letter;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import reactor.core.publisher.Mono;

/**
 * The mail that invites. It is written only while the version it was ordered for is the
 * invitation's newest and the invitation is open.
 */
class InvitationTopic implements MailTopic {

	private final InvitationRows rows;

	private final SettleDelivery settlement;

	private final InvitationLetters letters;

	private final Announcements announcements;

	InvitationTopic(InvitationRows rows, SettleDelivery settlement, InvitationLetters letters,
			Announcements announcements) {
		this.rows = rows;
		this.settlement = settlement;
		this.letters = letters;
		this.announcements = announcements;
	}

	@Override
	public String name() {
		return "invitation";
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.find(new AccountId(order.shard()), new InvitationId(order.subject()))
			.filter((invitation) -> invitation.opensWith(order.version()))
			.flatMap((invitation) -> this.letters.write(invitation, name()));
	}

	@Override
	public Mono<Boolean> settled(MailOrder order, boolean sent) {
		return this.settlement.execute(order.shard(), order.subject(), order.version(), sent);
	}

	@Override
	public void announced(MailOrder order, boolean sent) {
		this.announcements.delivered(new AccountId(order.shard()), sent);
	}

}
