package dev.latchkey.invitation;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import dev.latchkey.feed.Feed;
import dev.latchkey.mail.DefusedText;
import dev.latchkey.mail.Letter;
import dev.latchkey.mail.Links;
import dev.latchkey.mail.MailOrder;
import dev.latchkey.mail.MailTopic;
import dev.latchkey.permission.Permission;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.LinkToken;
import reactor.core.publisher.Mono;

/**
 * The mail that invites. It is written only while the version it was ordered for is the
 * invitation's newest and the invitation is open.
 */
class InvitationTopic implements MailTopic {

	private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'");

	private final InvitationRows rows;

	private final SettleDelivery settlement;

	private final Links links;

	private final Feed feed;

	InvitationTopic(InvitationRows rows, SettleDelivery settlement, Links links, Feed feed) {
		this.rows = rows;
		this.settlement = settlement;
		this.links = links;
		this.feed = feed;
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
	public Mono<Void> settled(MailOrder order, boolean sent) {
		return this.settlement.execute(order.shard(), order.subject(), order.version(), sent);
	}

	@Override
	public void announced(MailOrder order) {
		this.feed.grew(new AccountId(order.shard()));
	}

	private Letter letter(Invitation invitation, Parties parties) {
		String link = this.links.secret(LinkToken.Purpose.INVITATION, invitation.account().value(),
				invitation.id().value(), invitation.tokenVersion());
		List<String> permissions = invitation.permissions().asSet().stream().map(Permission::title).toList();
		return new Letter(invitation.email(), parties.accountName() + " has invited you to their account", "invitation",
				invitation.locale(),
				Map.of("link", link, "account", DefusedText.of(parties.accountName()), "inviter",
						DefusedText.of(parties.inviterName()), "permissions", permissions, "expiresAt",
						UNTIL.withLocale(invitation.locale()).format(invitation.expiresAt().atOffset(ZoneOffset.UTC))));
	}

}
