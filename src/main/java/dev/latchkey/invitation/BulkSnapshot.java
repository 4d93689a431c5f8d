package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The state that decides about a batch of rows. It was read while the account was locked,
 * so it does not change until the batch is committed.
 *
 * @param members the canonical addresses of the batch that belong to members
 * @param pending the live and overdue invitations for addresses of the batch, by
 * canonical address
 * @param quotas the used quotas, by mailbox
 * @param receipts the receipts of rows that earlier requests have created, by key
 */
record BulkSnapshot(LockedAccount account, Set<String> members, Map<String, Pending> pending, Map<String, Quota> quotas,
		Map<String, Receipt> receipts) {

	/**
	 * The locked row of the account.
	 *
	 * @param validDays the validity of its invitations in days, null for the default of
	 * the service
	 * @param livePending how many live invitations it has
	 * @param window the start of the current window of creations; now if the last window
	 * is over
	 * @param creations how many invitations were created in this window
	 * @param windowLeft the time until the window ends
	 */
	record LockedAccount(UserId owner, String locale, @Nullable Integer validDays, long feedSeq, long invitationSeq,
			int livePending, int maxPending, Instant window, int creations, int maxCreations, Duration windowLeft) {

		/**
		 * The row as if the account had more invitations, created in the current window.
		 */
		LockedAccount plus(int invitations) {
			return new LockedAccount(this.owner, this.locale, this.validDays, this.feedSeq, this.invitationSeq,
					this.livePending + invitations, this.maxPending, this.window, this.creations + invitations,
					this.maxCreations, this.windowLeft);
		}

	}

	/**
	 * A live or overdue invitation for an address of the batch.
	 */
	record Pending(InvitationId id, boolean overdue) {
	}

	/**
	 * The used quota of a mailbox.
	 *
	 * @param resends how many mails after the first one were counted
	 * @param windowOver whether its window is over
	 * @param windowLeft the time until the window ends
	 */
	record Quota(int resends, boolean windowOver, Duration windowLeft) {
	}

}
