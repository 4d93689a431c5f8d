package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.IdempotencyReceipts.Receipt;
import dev.latchkey.invitation.BulkSnapshot.LockedAccount;
import dev.latchkey.invitation.BulkSnapshot.Pending;
import dev.latchkey.invitation.BulkSnapshot.Quota;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.ProblemCode;

/**
 * Decides about the rows of a batch one after the other, by the rules for a single
 * invitation, and collects the changes to write. It starts from a snapshot that was read
 * while the account was locked, so its decisions are valid until the commit.
 */
class BulkPlan {

	private final BulkSnapshot snapshot;

	private final InvitationProperties properties;

	private final IdGenerator ids;

	private final Map<String, Pending> pending;

	private final Map<String, QuotaUpdate> quotaUpdates = new HashMap<>();

	private final List<Creation> creations = new ArrayList<>();

	private final List<Expiry> expiries = new ArrayList<>();

	private final List<String> limitsHit = new ArrayList<>();

	BulkPlan(BulkSnapshot snapshot, InvitationProperties properties, IdGenerator ids) {
		this.snapshot = snapshot;
		this.properties = properties;
		this.ids = ids;
		this.pending = new HashMap<>(snapshot.pending());
	}

	/**
	 * Decides about the next row. If it is created, its changes are part of the plan.
	 */
	BulkResult decide(BulkLine.Row row) {
		try {
			return create(row);
		}
		catch (DomainException problem) {
			return new BulkResult.Refused(row.number(), problem);
		}
	}

	private BulkResult create(BulkLine.Row row) {
		row.invitation().permissions().requireNonEmpty();
		Optional<InvitationId> replayed = row.key().flatMap(this::findReplayed);
		if (replayed.isPresent()) {
			return new BulkResult.Created(row.number(), replayed.get(), true);
		}
		String address = row.email().canonical();
		if (this.snapshot.members().contains(address)) {
			return new BulkResult.AlreadyMember(row.number());
		}
		Pending existing = this.pending.get(address);
		if (existing != null && !existing.overdue()) {
			return new BulkResult.AlreadyPending(row.number(), existing.id());
		}
		requireBelowLimits();
		countMail(row.email().mailbox());
		if (existing != null) {
			this.expiries.add(new Expiry(existing.id(), nextSeq()));
		}
		return new BulkResult.Created(row.number(), addCreation(row), false);
	}

	private Optional<InvitationId> findReplayed(IdempotencyKey key) {
		Receipt receipt = this.snapshot.receipts().get(key.key());
		return Optional.ofNullable(receipt).map((found) -> new InvitationId(found.requireSubject(key)));
	}

	private void requireBelowLimits() {
		LockedAccount account = this.snapshot.account();
		if (account.livePending() + this.creations.size() >= account.maxPending()) {
			throw countLimit(InvitationLimits.PENDING, DomainException.of(ProblemCode.TOO_MANY_PENDING));
		}
		if (account.creations() + this.creations.size() >= account.maxCreations()) {
			throw countLimit(InvitationLimits.CREATIONS,
					DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(account.windowLeft()));
		}
	}

	/**
	 * The first mail of a day is free; the limit counts all further ones.
	 */
	private void countMail(String mailbox) {
		Quota used = this.snapshot.quotas().get(mailbox);
		QuotaUpdate update = this.quotaUpdates.get(mailbox);
		if (update == null && (used == null || used.windowOver())) {
			this.quotaUpdates.put(mailbox, new QuotaUpdate(0, true));
			return;
		}
		boolean newWindow = update != null && update.newWindow();
		int resends = (update != null) ? update.resends() : Objects.requireNonNull(used).resends();
		if (resends >= this.properties.maxResendsPerDay()) {
			throw countLimit(InviteeQuota.RESENDS, DomainException.of(ProblemCode.LIMIT_REACHED)
				.retryAfter(newWindow ? InviteeQuota.WINDOW : Objects.requireNonNull(used).windowLeft()));
		}
		this.quotaUpdates.put(mailbox, new QuotaUpdate(resends + 1, newWindow));
	}

	private DomainException countLimit(String limit, DomainException problem) {
		this.limitsHit.add(limit);
		return problem;
	}

	private InvitationId addCreation(BulkLine.Row row) {
		InvitationId id = new InvitationId(this.ids.get());
		long number = this.snapshot.account().invitationSeq() + this.creations.size() + 1;
		this.creations.add(new Creation(row, id, number, nextSeq(), this.ids.get()));
		this.pending.put(row.email().canonical(), new Pending(id, false));
		return id;
	}

	private long nextSeq() {
		return this.snapshot.account().feedSeq() + this.creations.size() + this.expiries.size() + 1;
	}

	LockedAccount account() {
		return this.snapshot.account();
	}

	List<Creation> creations() {
		return this.creations;
	}

	List<Expiry> expiries() {
		return this.expiries;
	}

	/**
	 * The names of the limits that refused a row, one entry for each refused row.
	 */
	List<String> limitsHit() {
		return this.limitsHit;
	}

	/**
	 * The quotas to write, by mailbox.
	 */
	Map<String, QuotaUpdate> quotaUpdates() {
		return this.quotaUpdates;
	}

	/**
	 * The ids of the created invitations, by the idempotency key of their row.
	 */
	Map<IdempotencyKey, UUID> receipts() {
		Map<IdempotencyKey, UUID> receipts = new HashMap<>();
		this.creations
			.forEach((creation) -> creation.row().key().ifPresent((key) -> receipts.put(key, creation.id().value())));
		return receipts;
	}

	/**
	 * An invitation to insert.
	 *
	 * @param number the number that orders it among the account's invitations
	 * @param seq the sequence number of its event
	 * @param mail the id of its mail in the outbox
	 */
	record Creation(BulkLine.Row row, InvitationId id, long number, long seq, UUID mail) {
	}

	/**
	 * An overdue invitation to mark as expired.
	 *
	 * @param seq the sequence number of its event
	 */
	record Expiry(InvitationId id, long seq) {
	}

	/**
	 * The quota of a mailbox after the batch.
	 *
	 * @param newWindow whether its window begins with this batch
	 */
	record QuotaUpdate(int resends, boolean newWindow) {
	}

}
