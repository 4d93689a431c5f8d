package dev.latchkey.invitation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Mono;

/**
 * Returns prepared results, and records the rows. A row without a prepared result is
 * created.
 */
class StubBulkStore implements BulkStore {

	final List<BulkLine.Row> created = new ArrayList<>();

	final List<Check> checks = new ArrayList<>();

	int batchesUntilFailure = Integer.MAX_VALUE;

	private final Map<EmailAddress, LongFunction<BulkResult>> results = new HashMap<>();

	private long ids;

	/**
	 * Sets the result for an address.
	 * @param result returns the result for the number of a line
	 */
	void willReturn(String address, LongFunction<BulkResult> result) {
		this.results.put(EmailAddress.of(address), result);
	}

	@Override
	public Mono<List<BulkOutcome>> create(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return Mono.defer(() -> {
			if (this.batchesUntilFailure-- <= 0) {
				return Mono.error(new IllegalStateException("the database is gone"));
			}
			this.created.addAll(rows);
			return Mono.just(outcomes(rows));
		});
	}

	@Override
	public Mono<List<BulkOutcome>> check(AccountId account, UserId caller, List<BulkLine.Row> rows, int assumed) {
		return Mono.fromSupplier(() -> {
			this.checks.add(new Check(rows.stream().map((row) -> row.email().value()).toList(), assumed));
			return outcomes(rows);
		});
	}

	private List<BulkOutcome> outcomes(List<BulkLine.Row> rows) {
		return rows.stream()
			.map((row) -> new BulkOutcome(this.results.getOrDefault(row.email(), this::create).apply(row.number()),
					null, 0))
			.toList();
	}

	private BulkResult create(long line) {
		return new BulkResult.Created(line, new InvitationId(new UUID(0, ++this.ids)), false);
	}

	/**
	 * A batch that was checked.
	 */
	record Check(List<String> addresses, int assumed) {

	}

}
