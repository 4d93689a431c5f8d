package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.latchkey.account.AccountAccess;
import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.LockTimeouts;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Creates the invitations of a bulk request of any length. Each batch of lines is one
 * short transaction that locks the account first. A line that is refused does not affect
 * the others.
 */
public class BulkInvitations {

	private static final Retry AFTER_LOCK_TIMEOUT = Retry.backoff(3, Duration.ofMillis(100))
		.filter(LockTimeouts::isLockTimeout)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	private final AccountAccess accountAccess;

	private final BulkStore store;

	private final TransactionalOperator transaction;

	private final InvitationNotifier notifier;

	private final InvitationProperties properties;

	private final IdGenerator ids;

	BulkInvitations(AccountAccess accountAccess, BulkStore store, TransactionalOperator transaction,
			InvitationNotifier notifier, InvitationProperties properties, IdGenerator ids) {
		this.accountAccess = accountAccess;
		this.store = store;
		this.transaction = transaction;
		this.notifier = notifier;
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Creates the invitations, batch by batch.
	 * @param batches the lines in order; each batch is one transaction, which is
	 * completed even if the subscriber cancels
	 * @return a result for each line, in order; fails with {@link ProblemCode#OWNER_ONLY}
	 * or {@link ProblemCode#NOT_FOUND} as soon as the caller does not own the account
	 */
	public Flux<List<BulkResult>> create(AccountId account, UserId caller, Flux<List<BulkLine>> batches) {
		return this.accountAccess.requireOwner(account, caller)
			.thenMany(batches)
			.concatMap((lines) -> Uncancellable.of(createBatch(account, caller, lines)), 1);
	}

	/**
	 * Decides about the invitations as {@link #create} would, and writes nothing. A row
	 * that would be created has the result {@link BulkResult.Created} with an id that
	 * does not exist.
	 * @return each line with its result, in order; fails as {@link #create} does
	 */
	public Flux<List<CheckedLine>> check(AccountId account, UserId caller, Flux<List<BulkLine>> batches) {
		return Flux.defer(() -> {
			BulkDryRun dryRun = new BulkDryRun(this.properties, this.ids);
			return this.accountAccess.requireOwner(account, caller)
				.thenMany(batches)
				.concatMap((lines) -> Uncancellable.of(checkBatch(account, caller, lines, dryRun)), 1);
		});
	}

	private Mono<List<CheckedLine>> checkBatch(AccountId account, UserId caller, List<BulkLine> lines,
			BulkDryRun dryRun) {
		List<BulkLine.Row> rows = rows(lines);
		if (rows.isEmpty()) {
			return Mono
				.just(unreadable(lines).map((line) -> new CheckedLine(line, BulkResult.Refused.of(line))).toList());
		}
		return this.transaction.transactional(ownedBy(caller, account, this.store.read(account, caller, rows)))
			.map((snapshot) -> dryRun.check(lines, snapshot));
	}

	private Mono<List<BulkResult>> createBatch(AccountId account, UserId caller, List<BulkLine> lines) {
		if (rows(lines).isEmpty()) {
			return Mono.just(unreadable(lines).map(BulkResult.Refused::of).toList());
		}
		return this.transaction.transactional(decideAndWrite(account, caller, lines))
			.retryWhen(AFTER_LOCK_TIMEOUT)
			.doOnNext((batch) -> notifyCreated(account, batch.plan()))
			.map(DecidedBatch::results);
	}

	private Mono<DecidedBatch> decideAndWrite(AccountId account, UserId caller, List<BulkLine> lines) {
		return ownedBy(caller, account, this.store.lockAndRead(account, caller, rows(lines)))
			.map((snapshot) -> decide(lines, new BulkPlan(snapshot, this.properties, this.ids)))
			.flatMap((batch) -> this.store.write(account, caller, batch.plan()).thenReturn(batch));
	}

	/**
	 * Fails if the account has another owner by now.
	 */
	private Mono<BulkSnapshot> ownedBy(UserId caller, AccountId account, Mono<BulkSnapshot> snapshot) {
		return snapshot.filter((read) -> read.account().owner().equals(caller))
			.switchIfEmpty(Mono.defer(() -> this.accountAccess.requireOwner(account, caller))
				.then(Mono.error(DomainException.of(ProblemCode.REQUEST_IN_FLIGHT))));
	}

	private static DecidedBatch decide(List<BulkLine> lines, BulkPlan plan) {
		List<BulkResult> results = lines.stream()
			.map((line) -> line.fold(plan::decide, BulkResult.Refused::of))
			.toList();
		return new DecidedBatch(results, plan);
	}

	private void notifyCreated(AccountId account, BulkPlan plan) {
		plan.limitsHit().forEach(this.notifier::limitHit);
		if (!plan.creations().isEmpty()) {
			this.notifier.created(account, plan.creations().size(), plan.expiries().size());
		}
	}

	private static List<BulkLine.Row> rows(List<BulkLine> lines) {
		return lines.stream()
			.flatMap((line) -> line.fold(Stream::of, (unreadable) -> Stream.<BulkLine.Row>empty()))
			.toList();
	}

	private static Stream<BulkLine.Unreadable> unreadable(List<BulkLine> lines) {
		return lines.stream().flatMap((line) -> line.fold((row) -> Stream.<BulkLine.Unreadable>empty(), Stream::of));
	}

	private record DecidedBatch(List<BulkResult> results, BulkPlan plan) {
	}

}
