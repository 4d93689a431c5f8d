package dev.latchkey.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.latchkey.invitation.InvitationStatus;
import dev.latchkey.model.ModelAccount.LoggedEvent;
import dev.latchkey.model.ModelAccount.QueuedMail;
import dev.latchkey.model.Rows.AccountRow;
import dev.latchkey.model.Rows.CreationRow;
import dev.latchkey.model.Rows.EventRow;
import dev.latchkey.model.Rows.HistoryRow;
import dev.latchkey.model.Rows.InvitationRow;
import dev.latchkey.model.Rows.InvitationTimes;
import dev.latchkey.model.Rows.MailRow;
import dev.latchkey.model.Rows.MemberRow;
import dev.latchkey.model.Rows.OfferRow;
import dev.latchkey.model.Rows.QuotaRow;
import dev.latchkey.model.Rows.ReceiptRow;

/**
 * The rows that the database must contain for a state of the model.
 */
final class ModelRows {

	private final World world;

	ModelRows(World world) {
		this.world = world;
	}

	List<Record> all() {
		List<Record> rows = new ArrayList<>();
		for (ModelAccount account : this.world.accounts()) {
			addAccount(rows, account);
			account.members().forEach((member) -> rows.add(member(account, member)));
			account.invitations().forEach((invitation) -> rows.add(invitation(account, invitation)));
			addEvents(rows, account);
			addMails(rows, account);
		}
		for (Person person : Person.values()) {
			this.world.receipts(person).forEach((key, receipt) -> rows.add(new ReceiptRow(0, person, key, "account")));
		}
		return rows;
	}

	private void addAccount(List<Record> rows, ModelAccount account) {
		rows.add(new AccountRow(account.number, account.owner(), account.validDays, account.membersVersion,
				account.members().size(), account.invitations().size(), count(account, InvitationStatus.PENDING),
				count(account, InvitationStatus.ACCEPTED), count(account, InvitationStatus.DECLINED),
				count(account, InvitationStatus.REVOKED), count(account, InvitationStatus.EXPIRED)));
		if (Limits.isOpen(account.creationWindow, now())) {
			rows.add(new CreationRow(account.number, account.creations, minutes(account.creationWindow)));
		}
		if (account.offer != null && !this.world.isOver(account.offer.expires())) {
			rows.add(new OfferRow(account.number, account.offer.newOwner(), account.offers,
					minutes(account.offer.expires())));
		}
		account.mailCounts().forEach((mailbox, count) -> {
			if (Limits.isOpen(count.windowStart(), now())) {
				rows.add(new QuotaRow(account.number, mailbox, count.furtherMails(), minutes(count.windowStart())));
			}
		});
		for (Person person : Person.values()) {
			account.receipts(person)
				.forEach((key, receipt) -> rows
					.add(new ReceiptRow(account.number, person, key, "invitation " + receipt.subject())));
		}
	}

	private MemberRow member(ModelAccount account, ModelMember member) {
		return new MemberRow(account.number, member.user(), member.user() == account.owner(), member.permissions(),
				member.version(), member.number(), minutes(member.joined()));
	}

	private InvitationRow invitation(ModelAccount account, ModelInvitation invitation) {
		InvitationStatus status = invitation.status(now());
		Duration ended = (status == InvitationStatus.EXPIRED) ? invitation.expires : invitation.ended;
		InvitationTimes times = new InvitationTimes(minutes(invitation.created), minutes(invitation.issued),
				minutes(invitation.expires), (ended != null) ? minutes(ended) : null);
		return new InvitationRow(account.number, invitation.number, invitation.invitee(),
				(status == InvitationStatus.PENDING) ? invitation.inviter : null, invitation.permissions, status.name(),
				invitation.marked, invitation.delivery.name(), invitation.link, invitation.version, invitation.link,
				invitation.draft.days(), times, invitation.acceptedBy, invitation.declineReason);
	}

	private void addEvents(List<Record> rows, ModelAccount account) {
		int place = 0;
		for (LoggedEvent logged : account.log()) {
			if (!logged.event().isExpiry()) {
				rows.add(new EventRow(account.number, ++place, logged.event(), minutes(logged.at())));
			}
		}
		account.invitations()
			.forEach((invitation) -> rows
				.add(new HistoryRow(account.number, invitation.number, history(account, invitation))));
	}

	private static List<String> history(ModelAccount account, ModelInvitation invitation) {
		return account.log()
			.stream()
			.map(LoggedEvent::event)
			.filter((event) -> event.invitation() != null && event.invitation() == invitation.number)
			.map(Event::type)
			.toList();
	}

	private static void addMails(List<Record> rows, ModelAccount account) {
		int place = 0;
		for (QueuedMail mail : account.mails()) {
			rows.add(new MailRow(account.number, ++place, mail.topic(), mail.subject(), mail.version()));
		}
	}

	private int count(ModelAccount account, InvitationStatus status) {
		return (int) account.invitations().stream().filter((invitation) -> invitation.status(now()) == status).count();
	}

	/**
	 * The minutes from now to a time.
	 */
	private long minutes(Duration time) {
		return Math.round(time.minus(now()).toMillis() / 60_000.0);
	}

	private Duration now() {
		return this.world.now();
	}

}
