package dev.latchkey.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

import dev.latchkey.invitation.DeliveryStatus;
import dev.latchkey.model.BackgroundCommand.PassTime;
import dev.latchkey.model.BackgroundCommand.RecordDelivery;

/**
 * The rules for what happens without a request.
 */
final class BackgroundRules {

	private final World world;

	BackgroundRules(World world) {
		this.world = world;
	}

	Result sweep() {
		this.world.accounts()
			.forEach((account) -> account.invitations()
				.stream()
				.filter((invitation) -> invitation.isOverdue(now()))
				.forEach((overdue) -> account.mark(overdue, now())));
		return Result.ok();
	}

	/**
	 * Reminds of each link once, first of those that expire first.
	 */
	Result remind() {
		this.world.accounts()
			.forEach((account) -> account.invitations()
				.stream()
				.filter(this::isReminderDue)
				.sorted(Comparator.comparing((ModelInvitation invitation) -> invitation.expires)
					.thenComparing((invitation) -> invitation.number))
				.forEach((due) -> remind(account, due)));
		return Result.ok();
	}

	/**
	 * A reminder is due if the mail was sent, the invitation expires soon, and its mail
	 * is not recent.
	 */
	private boolean isReminderDue(ModelInvitation invitation) {
		Duration validity = invitation.expires.minus(invitation.issued);
		return invitation.isLive(now()) && invitation.remindedLink < invitation.link
				&& invitation.delivery == DeliveryStatus.SENT
				&& this.world.isOver(invitation.expires.minus(Limits.REMINDER_LEAD_TIME))
				&& validity.compareTo(Limits.REMINDER_LEAD_TIME.multipliedBy(2)) >= 0;
	}

	private void remind(ModelAccount account, ModelInvitation due) {
		due.remindedLink = due.link;
		account.append(Event.bySystem("invitation.reminded").of(due).sent(due.link), now());
		account.queue("reminder", "reminder", due.link);
	}

	/**
	 * Records the first result of the newest mail of an invitation.
	 */
	Result recordDelivery(RecordDelivery command) {
		ModelAccount account = this.world.account(command.account());
		Optional<ModelInvitation> mailed = account.find(command.link().invitation())
			.filter((invitation) -> invitation.link == command.link().version())
			.filter((invitation) -> invitation.delivery == DeliveryStatus.QUEUED);
		mailed.ifPresent((invitation) -> {
			invitation.delivery = command.sent() ? DeliveryStatus.SENT : DeliveryStatus.FAILED;
			account.append(Event.bySystem(command.sent() ? "invitation.sent" : "invitation.delivery-failed")
				.of(invitation)
				.sent(invitation.link), now());
		});
		return Result.ok().with("recorded", mailed.isPresent());
	}

	Result passTime(PassTime command) {
		this.world.pass(Duration.ofHours(command.hours()).plusMinutes(1));
		return Result.ok();
	}

	private Duration now() {
		return this.world.now();
	}

}
