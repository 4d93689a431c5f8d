package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Decides about the rows of a whole bulk request without writing anything. It remembers
 * the rows that the batches before would have created; their number is bounded by the
 * limits of the account. A row depends on those for the same mailbox, which the store
 * checks again before it, and on the number of all others.
 */
class BulkDryRun {

	private final BulkStore store;

	private final Map<String, List<CreatedRow>> created = new HashMap<>();

	private int createdCount;

	BulkDryRun(BulkStore store) {
		this.store = store;
	}

	/**
	 * Decides about the next batch.
	 * @return an outcome for each row, as {@link BulkStore#check} returns it
	 */
	Mono<List<BulkOutcome>> check(AccountId account, UserId caller, List<BulkLine.Row> batch) {
		List<CreatedRow> earlier = createdForMailboxesOf(batch);
		List<BulkLine.Row> rows = Stream.concat(earlier.stream().map(CreatedRow::row), batch.stream()).toList();
		return this.store.check(account, caller, rows, this.createdCount - earlier.size())
			.map((outcomes) -> withFirstIds(earlier, outcomes))
			.doOnNext((outcomes) -> remember(batch, outcomes));
	}

	private List<CreatedRow> createdForMailboxesOf(List<BulkLine.Row> batch) {
		return batch.stream()
			.map(BulkDryRun::mailbox)
			.distinct()
			.flatMap((mailbox) -> this.created.getOrDefault(mailbox, List.of()).stream())
			.toList();
	}

	/**
	 * The outcomes of the batch. An earlier row has got another id now; the outcomes must
	 * contain the id that was returned for it.
	 */
	private static List<BulkOutcome> withFirstIds(List<CreatedRow> earlier, List<BulkOutcome> outcomes) {
		Map<InvitationId, InvitationId> firstIds = new HashMap<>();
		for (int index = 0; index < earlier.size(); index++) {
			InvitationId first = earlier.get(index).id();
			outcomes.get(index).createdId().ifPresent((id) -> firstIds.put(id, first));
		}
		return outcomes.stream().skip(earlier.size()).map((outcome) -> outcome.withPendingId(firstIds)).toList();
	}

	private void remember(List<BulkLine.Row> batch, List<BulkOutcome> outcomes) {
		for (int index = 0; index < batch.size(); index++) {
			BulkLine.Row row = batch.get(index);
			outcomes.get(index).createdId().ifPresent((id) -> remember(new CreatedRow(row, id)));
		}
	}

	private void remember(CreatedRow row) {
		this.created.computeIfAbsent(mailbox(row.row()), (mailbox) -> new ArrayList<>()).add(row);
		this.createdCount++;
	}

	private static String mailbox(BulkLine.Row row) {
		return row.email().mailbox();
	}

	/**
	 * A row that would have been created.
	 *
	 * @param id the id that was returned for it
	 */
	private record CreatedRow(BulkLine.Row row, InvitationId id) {

	}

}
