package dev.latchkey.invitation;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.LockTimeouts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Creates the invitations of a bulk request of any length. Each batch of lines is one
 * call of a database function, which locks the account first. A line that is refused does
 * not affect the others.
 */
public class BulkInvitations {

	private static final Retry AFTER_LOCK_TIMEOUT = Retry.backoff(3, Duration.ofMillis(100))
		.filter(LockTimeouts::isLockTimeout)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	private final AccountAccess accountAccess;

	private final BulkStore store;

	private final InvitationNotifier notifier;

	BulkInvitations(AccountAccess accountAccess, BulkStore store, InvitationNotifier notifier) {
		this.accountAccess = accountAccess;
		this.store = store;
		this.notifier = notifier;
	}

	/**
	 * Creates the invitations, batch by batch.
	 * @param batches the lines in order; each batch is one transaction, which is
	 * completed even if the subscriber cancels
	 * @return a result for each line, in order; fails with {@link ProblemCode#OWNER_ONLY}
	 * or {@link ProblemCode#NOT_FOUND} as soon as the caller does not own the account
	 */
	public Flux<List<BulkResult>> create(AccountId account, UserId caller, Flux<List<BulkLine>> batches) {
		return inOrder(account, caller, batches,
				(rows) -> this.store.create(account, caller, rows)
					.retryWhen(AFTER_LOCK_TIMEOUT)
					.doOnNext((outcomes) -> this.notifier.completed(account, outcomes)))
			.map((checked) -> checked.stream().map(CheckedLine::result).toList());
	}

	/**
	 * Decides about the invitations as {@link #create} would, and writes nothing. A row
	 * that would be created has the result {@link BulkResult.Created} with an id that
	 * does not exist.
	 * @return each line with its result, in order; fails as {@link #create} does
	 */
	public Flux<List<CheckedLine>> check(AccountId account, UserId caller, Flux<List<BulkLine>> batches) {
		return Flux.defer(() -> {
			BulkDryRun dryRun = new BulkDryRun(this.store);
			return inOrder(account, caller, batches,
					(rows) -> dryRun.check(account, caller, rows).retryWhen(AFTER_LOCK_TIMEOUT));
		});
	}

	/**
	 * Executes the batches one after the other.
	 */
	private Flux<List<CheckedLine>> inOrder(AccountId account, UserId caller, Flux<List<BulkLine>> batches,
			Function<List<BulkLine.Row>, Mono<List<BulkOutcome>>> execution) {
		return this.accountAccess.requireOwner(account, caller)
			.thenMany(batches)
			.concatMap((lines) -> Uncancellable.of(execute(lines, execution)), 1);
	}

	private static Mono<List<CheckedLine>> execute(List<BulkLine> lines,
			Function<List<BulkLine.Row>, Mono<List<BulkOutcome>>> execution) {
		List<BulkLine.Row> rows = lines.stream()
			.flatMap((line) -> line.fold(Stream::of, (invalid) -> Stream.<BulkLine.Row>empty()))
			.toList();
		if (rows.isEmpty()) {
			return Mono.just(withResults(lines, List.of()));
		}
		return execution.apply(rows).map((outcomes) -> withResults(lines, outcomes));
	}

	private static List<CheckedLine> withResults(List<BulkLine> lines, List<BulkOutcome> outcomes) {
		Iterator<BulkOutcome> remaining = outcomes.iterator();
		return lines.stream()
			.map((line) -> new CheckedLine(line, line.fold((row) -> remaining.next().result(), BulkResult.Refused::of)))
			.toList();
	}

}
