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
import org.jspecify.annotations.Nullable;

/**
 * Decides on the rows of a batch, one behind the other, by the rules of a single
 * creation, and keeps what is to be written. It starts from what was read under the
 * account's lock, so its decisions hold until the commit.
 */
class BulkPlan {

	private final BulkSnapshot snapshot;

	private final InvitationProperties properties;

	private final IdGenerator ids;

	private final Map<String, Pending> pending;

	private final Map<String, NewQuota> quotas = new HashMap<>();

	private final List<Made> made = new ArrayList<>();

	private final List<Ended> ended = new ArrayList<>();

	private final List<String> limitsHit = new ArrayList<>();

	BulkPlan(BulkSnapshot snapshot, InvitationProperties properties, IdGenerator ids) {
		this.snapshot = snapshot;
		this.properties = properties;
		this.ids = ids;
		this.pending = new HashMap<>(snapshot.pending());
	}

	BulkResult place(BulkLine.Row row) {
		try {
			return decide(row);
		}
		catch (DomainException refusal) {
			return new BulkResult.Refused(row.number(), refusal);
		}
	}

	private BulkResult decide(BulkLine.Row row) {
		row.invitation().permissions().requireNonEmpty();
		Optional<InvitationId> before = row.key().flatMap(this::done);
		if (before.isPresent()) {
			return new BulkResult.Created(row.number(), before.get(), true);
		}
		String address = row.email().canonical();
		if (this.snapshot.members().contains(address)) {
			return new BulkResult.AlreadyMember(row.number());
		}
		Pending open = this.pending.get(address);
		if (open != null && !open.overdue()) {
			return new BulkResult.AlreadyPending(row.number(), open.id());
		}
		requireRoom();
		countMail(row.email().mailbox());
		return new BulkResult.Created(row.number(), make(row, open), false);
	}

	private Optional<InvitationId> done(IdempotencyKey key) {
		Receipt receipt = this.snapshot.receipts().get(key.key());
		return Optional.ofNullable(receipt).map((found) -> new InvitationId(found.requireSubject(key)));
	}

	private void requireRoom() {
		LockedAccount account = this.snapshot.account();
		if (account.livePending() + this.made.size() >= account.maxPending()) {
			throw limited(InvitationLimits.PENDING, DomainException.of(ProblemCode.TOO_MANY_PENDING));
		}
		if (account.creations() + this.made.size() >= account.maxCreations()) {
			throw limited(InvitationLimits.CREATIONS,
					DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(account.windowLeft()));
		}
	}

	/**
	 * The first mail of a day is free, further ones count.
	 */
	private void countMail(String mailbox) {
		Quota before = this.snapshot.quotas().get(mailbox);
		NewQuota now = this.quotas.get(mailbox);
		if (now == null && (before == null || before.over())) {
			this.quotas.put(mailbox, new NewQuota(0, true));
			return;
		}
		boolean fresh = now != null && now.fresh();
		int resends = (now != null) ? now.resends() : Objects.requireNonNull(before).resends();
		if (resends >= this.properties.maxResendsPerDay()) {
			throw limited(InviteeQuota.RESENDS, DomainException.of(ProblemCode.LIMIT_REACHED)
				.retryAfter(fresh ? InviteeQuota.WINDOW : Objects.requireNonNull(before).left()));
		}
		this.quotas.put(mailbox, new NewQuota(resends + 1, fresh));
	}

	private DomainException limited(String limit, DomainException refusal) {
		this.limitsHit.add(limit);
		return refusal;
	}

	private InvitationId make(BulkLine.Row row, @Nullable Pending overdue) {
		if (overdue != null) {
			this.ended.add(new Ended(overdue.id(), nextSeq()));
		}
		InvitationId id = new InvitationId(this.ids.get());
		long number = this.snapshot.account().invitationSeq() + this.made.size() + 1;
		this.made.add(new Made(row, id, number, nextSeq(), this.ids.get()));
		this.pending.put(row.email().canonical(), new Pending(id, false));
		return id;
	}

	private long nextSeq() {
		return this.snapshot.account().feedSeq() + this.made.size() + this.ended.size() + 1;
	}

	LockedAccount account() {
		return this.snapshot.account();
	}

	List<Made> made() {
		return this.made;
	}

	List<Ended> ended() {
		return this.ended;
	}

	/**
	 * The limits that refused a row, once for each row.
	 */
	List<String> limitsHit() {
		return this.limitsHit;
	}

	Map<String, NewQuota> quotas() {
		return this.quotas;
	}

	/**
	 * What was made under which key.
	 */
	Map<IdempotencyKey, UUID> receipts() {
		Map<IdempotencyKey, UUID> receipts = new HashMap<>();
		this.made.forEach((one) -> one.row().key().ifPresent((key) -> receipts.put(key, one.id().value())));
		return receipts;
	}

	/**
	 * An invitation to insert.
	 *
	 * @param number its place in the account's list
	 * @param seq the number of its event
	 */
	record Made(BulkLine.Row row, InvitationId id, long number, long seq, UUID mail) {
	}

	/**
	 * An invitation that ran out, to be marked.
	 */
	record Ended(InvitationId id, long seq) {
	}

	/**
	 * What a mailbox's count becomes.
	 *
	 * @param fresh whether its window begins now
	 */
	record NewQuota(int resends, boolean fresh) {
	}

}
