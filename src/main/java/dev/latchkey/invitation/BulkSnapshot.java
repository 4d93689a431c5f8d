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
 * What decides on a batch of rows, as it was read under the account's lock: nobody
 * changes it until the batch is committed.
 *
 * @param members the canonical addresses of the batch that are members'
 * @param pending the batch's addresses that have an invitation which was not ended
 * @param quotas by mailbox
 * @param receipts of rows that were done before, by key
 */
record BulkSnapshot(LockedAccount account, Set<String> members, Map<String, Pending> pending, Map<String, Quota> quotas,
		Map<String, Receipt> receipts) {

	/**
	 * The account's row.
	 *
	 * @param validDays how long its invitations are valid, null for what the service says
	 * @param livePending open invitations that have not run out
	 * @param window when the window of daily creations began, now if the last is over
	 * @param windowLeft how long it lasts
	 */
	record LockedAccount(UserId owner, String locale, @Nullable Integer validDays, long feedSeq, long invitationSeq,
			int livePending, int maxPending, Instant window, int creations, int maxCreations, Duration windowLeft) {
	}

	/**
	 * An invitation that stands in the way, or has run out and was not marked yet.
	 */
	record Pending(InvitationId id, boolean overdue) {
	}

	/**
	 * How often a mailbox was written to.
	 *
	 * @param over whether its window is over
	 * @param left how long it lasts, if it is not
	 */
	record Quota(int resends, boolean over, Duration left) {
	}

}
