package dev.latchkey.model;

import java.util.Map;
import java.util.Optional;

import dev.latchkey.model.Command.Decline;
import dev.latchkey.model.Command.Repeatable;
import dev.latchkey.model.Command.Resend;
import dev.latchkey.model.World.Receipt;

/**
 * The cases for which no document defines the result, so that the model has no rule.
 */
final class UndefinedCases {

	private final World world;

	UndefinedCases(World world) {
		this.world = world;
	}

	boolean contain(Command command) {
		if (command instanceof Resend resend) {
			return isOverdueAboveLimit(resend) || isOtherRequestOfFormerOwner(resend);
		}
		if (command instanceof Decline decline) {
			return isInviterReplaced(decline);
		}
		return command instanceof Repeatable request && isOtherRequestOfFormerOwner(request);
	}

	/**
	 * Whether the resent invitation is overdue and would exceed the limit of pending
	 * invitations. An invitation that is marked as expired is refused then.
	 */
	private boolean isOverdueAboveLimit(Resend command) {
		ModelAccount account = this.world.account(command.account());
		int limit = (account.maxPending != null) ? account.maxPending : Limits.MAX_PENDING;
		return account.find(command.invitation())
			.filter((invitation) -> invitation.isOverdue(this.world.now()))
			.isPresent() && account.livePending(this.world.now()) >= limit;
	}

	/**
	 * Whether a user who is not the owner any more reuses a key for another request:
	 * either reason can be the first one.
	 */
	private boolean isOtherRequestOfFormerOwner(Repeatable request) {
		Person caller = request.caller();
		if (request.account() == 0 || caller == null || request.key() == null) {
			return false;
		}
		ModelAccount account = this.world.account(request.account());
		Map<String, Receipt> receipts = account.receipts(caller);
		return caller != account.owner() && Optional.ofNullable(receipts.get(request.key()))
			.filter((receipt) -> !receipt.content().equals(request.content()))
			.isPresent();
	}

	/**
	 * Whether an operator has replaced the inviter. The invitation cannot be accepted
	 * then.
	 */
	private boolean isInviterReplaced(Decline command) {
		ModelAccount account = this.world.account(command.account());
		return account.find(command.link().invitation())
			.filter((invitation) -> invitation.isLive(this.world.now()))
			.filter((invitation) -> invitation.inviter != account.owner())
			.isPresent();
	}

}
