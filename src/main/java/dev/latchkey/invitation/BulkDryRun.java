package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.latchkey.invitation.BulkPlan.Creation;
import dev.latchkey.invitation.BulkPlan.QuotaUpdate;
import dev.latchkey.invitation.BulkSnapshot.Pending;
import dev.latchkey.invitation.BulkSnapshot.Quota;
import dev.latchkey.shared.IdGenerator;

/**
 * Decides about the lines of a whole bulk request without writing anything. It remembers
 * what the batches before would have created; their number is bounded by the limits of
 * the account.
 */
class BulkDryRun {

	private final InvitationProperties properties;

	private final IdGenerator ids;

	private final Map<String, Pending> created = new HashMap<>();

	private final Map<String, Quota> quotas = new HashMap<>();

	BulkDryRun(InvitationProperties properties, IdGenerator ids) {
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Decides about the next batch.
	 */
	List<CheckedLine> check(List<BulkLine> lines, BulkSnapshot snapshot) {
		BulkPlan plan = new BulkPlan(withEarlierBatches(snapshot), this.properties, this.ids);
		List<CheckedLine> checked = new ArrayList<>();
		for (BulkLine line : lines) {
			checked.add(new CheckedLine(line, line.fold(plan::decide, BulkResult.Refused::of)));
		}
		remember(plan, snapshot);
		return checked;
	}

	private BulkSnapshot withEarlierBatches(BulkSnapshot snapshot) {
		Map<String, Pending> pending = new HashMap<>(snapshot.pending());
		pending.putAll(this.created);
		Map<String, Quota> used = new HashMap<>(snapshot.quotas());
		used.putAll(this.quotas);
		return new BulkSnapshot(snapshot.account().plus(this.created.size()), snapshot.members(), pending, used,
				snapshot.receipts());
	}

	private void remember(BulkPlan plan, BulkSnapshot snapshot) {
		for (Creation creation : plan.creations()) {
			this.created.put(creation.row().email().canonical(), new Pending(creation.id(), false));
		}
		plan.quotaUpdates().forEach((mailbox, update) -> this.quotas.put(mailbox, quota(mailbox, update, snapshot)));
	}

	private Quota quota(String mailbox, QuotaUpdate update, BulkSnapshot snapshot) {
		Quota known = this.quotas.getOrDefault(mailbox, snapshot.quotas().get(mailbox));
		return new Quota(update.resends(), false,
				update.newWindow() ? InviteeQuota.WINDOW : Objects.requireNonNull(known).windowLeft());
	}

}
