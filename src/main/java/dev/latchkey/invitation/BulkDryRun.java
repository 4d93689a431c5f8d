package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.latchkey.shared.AccountId;
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

	private final Map<String, List<BulkLine.Row>> created = new HashMap<>();

	private int createdCount;

	BulkDryRun(BulkStore store) {
		this.store = store;
	}

	/**
	 * Decides about the next batch.
	 * @return an outcome for each row, as {@link BulkStore#check} returns it
	 */
	Mono<List<BulkOutcome>> check(AccountId account, UserId caller, List<BulkLine.Row> batch) {
		List<BulkLine.Row> earlier = createdForMailboxesOf(batch);
		List<BulkLine.Row> all = Stream.concat(earlier.stream(), batch.stream()).toList();
		return this.store.check(account, caller, all, this.createdCount - earlier.size())
			.map((outcomes) -> outcomes.subList(earlier.size(), outcomes.size()))
			.doOnNext((outcomes) -> remember(batch, outcomes));
	}

	private List<BulkLine.Row> createdForMailboxesOf(List<BulkLine.Row> batch) {
		return batch.stream()
			.map(BulkDryRun::mailbox)
			.distinct()
			.flatMap((mailbox) -> this.created.getOrDefault(mailbox, List.of()).stream())
			.toList();
	}

	private void remember(List<BulkLine.Row> batch, List<BulkOutcome> outcomes) {
		for (int index = 0; index < batch.size(); index++) {
			if (outcomes.get(index).isCreated()) {
				BulkLine.Row row = batch.get(index);
				this.created.computeIfAbsent(mailbox(row), (mailbox) -> new ArrayList<>()).add(row);
				this.createdCount++;
			}
		}
	}

	private static String mailbox(BulkLine.Row row) {
		return row.email().mailbox();
	}

}
