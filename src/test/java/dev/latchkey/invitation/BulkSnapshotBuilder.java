package dev.latchkey.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.invitation.BulkSnapshot.LockedAccount;
import dev.latchkey.invitation.BulkSnapshot.Pending;
import dev.latchkey.invitation.BulkSnapshot.Quota;
import dev.latchkey.shared.InvitationId;

/**
 * Builds the state that decides about a batch: by default an account far below its limits
 * that has not invited any address yet.
 */
public final class BulkSnapshotBuilder {

	/** The time until the window of creations ends. */
	static final Duration CREATION_WINDOW_LEFT = Duration.ofMinutes(7);

	private final Set<String> members = new HashSet<>();

	private final Map<String, Pending> pending = new HashMap<>();

	private final Map<String, Quota> quotas = new HashMap<>();

	private final Map<String, Receipt> receipts = new HashMap<>();

	private long feedSeq;

	private long invitationSeq;

	private int livePending;

	private int maxPending = 100;

	private int creations;

	private int maxCreations = 100;

	public BulkSnapshotBuilder member(String address) {
		this.members.add(address);
		return this;
	}

	public BulkSnapshotBuilder live(String address, InvitationId id) {
		this.pending.put(address, new Pending(id, false));
		return this;
	}

	public BulkSnapshotBuilder overdue(String address, InvitationId id) {
		this.pending.put(address, new Pending(id, true));
		return this;
	}

	public BulkSnapshotBuilder quota(String mailbox, int resends, boolean windowOver, Duration windowLeft) {
		this.quotas.put(mailbox, new Quota(resends, windowOver, windowLeft));
		return this;
	}

	public BulkSnapshotBuilder receipt(IdempotencyKey key, UUID subject) {
		this.receipts.put(key.key(), new Receipt(key.fingerprint(), subject));
		return this;
	}

	public BulkSnapshotBuilder sequences(long feed, long invitations) {
		this.feedSeq = feed;
		this.invitationSeq = invitations;
		return this;
	}

	public BulkSnapshotBuilder pending(int live, int max) {
		this.livePending = live;
		this.maxPending = max;
		return this;
	}

	public BulkSnapshotBuilder creations(int used, int max) {
		this.creations = used;
		this.maxCreations = max;
		return this;
	}

	BulkSnapshot build() {
		LockedAccount account = new LockedAccount(InvitationBuilder.OWNER, "en", null, this.feedSeq, this.invitationSeq,
				this.livePending, this.maxPending, Instant.EPOCH, this.creations, this.maxCreations,
				CREATION_WINDOW_LEFT);
		return new BulkSnapshot(account, this.members, this.pending, this.quotas, this.receipts);
	}

}
