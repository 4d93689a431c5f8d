package dev.latchkey.invitation;

import java.util.List;
import java.util.Map;

import dev.latchkey.language.Languages;
import dev.latchkey.language.Words;
import dev.latchkey.mail.DefusedText;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.LinkToken;
import reactor.core.publisher.Mono;

/**
 * The mail that invites. It is written only while the version it was ordered for is the
 * invitation's newest and the invitation is open.
 */
class InvitationTopic implements MailTopic {

	private final InvitationRows rows;

	private final SettleDelivery settlement;

	private final Links links;

	private final Announcements announcements;

	private final Languages languages;

	InvitationTopic(InvitationRows rows, SettleDelivery settlement, Links links, Announcements announcements,
			Languages languages) {
		this.rows = rows;
		this.settlement = settlement;
		this.links = links;
		this.announcements = announcements;
		this.languages = languages;
	}

	@Override
	public String name() {
		return "invitation";
	}

	@Override
	public Mono<Letter> compose(MailOrder order) {
		return this.rows.find(new AccountId(order.shard()), new InvitationId(order.subject()))
			.filter((invitation) -> invitation.status() == InvitationStatus.PENDING
					&& invitation.tokenVersion() == order.version())
			.flatMap((invitation) -> this.rows.parties(invitation).map((parties) -> letter(invitation, parties)));
	}

	@Override
	public Mono<Boolean> settled(MailOrder order, boolean sent) {
		return this.settlement.execute(order.shard(), order.subject(), order.version(), sent);
	}

	@Override
	public void announced(MailOrder order, boolean sent) {
		this.announcements.delivered(new AccountId(order.shard()), sent);
	}

	private Letter letter(Invitation invitation, Parties parties) {
		String link = this.links.secret(LinkToken.Purpose.INVITATION, invitation.account().value(),
				invitation.id().value(), invitation.tokenVersion());
		Words words = this.languages.in(invitation.locale());
		List<String> permissions = invitation.permissions()
			.asSet()
			.stream()
			.map((permission) -> words.text(permission.titleKey()))
			.toList();
		return new Letter(invitation.email(), words.text("mail.invitation.subject", parties.accountName()),
				"invitation", invitation.locale(),
				Map.of("link", link, "account", DefusedText.of(parties.accountName()), "inviter",
						DefusedText.of(parties.inviterName()), "permissions", permissions, "expiresAt",
						invitation.expiresAt()));
	}

}
