package dev.latchkey.invitation;

import java.time.Duration;
import java.util.List;

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
 * Invites many addresses by one request of any length. A batch of lines is one short
 * transaction that locks the account first, so that several rows share a commit and a bad
 * one spoils nothing but itself.
 */
public class BulkInvitations {

	private static final Retry WHILE_BUSY = Retry.backoff(3, Duration.ofMillis(100))
		.filter(LockTimeouts::isLockTimeout)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	private final AccountAccess accountAccess;

	private final BulkReads reads;

	private final BulkWrites writes;

	private final TransactionalOperator transaction;

	private final InvitationNotifier notifier;

	private final InvitationProperties properties;

	private final IdGenerator ids;

	BulkInvitations(AccountAccess accountAccess, BulkReads reads, BulkWrites writes, TransactionalOperator transaction,
			InvitationNotifier notifier, InvitationProperties properties, IdGenerator ids) {
		this.accountAccess = accountAccess;
		this.reads = reads;
		this.writes = writes;
		this.transaction = transaction;
		this.notifier = notifier;
		this.properties = properties;
		this.ids = ids;
	}

	/**
	 * Invites line by line.
	 * @param batches lines in order; each batch is one transaction, carried out whole
	 * even if nobody waits for it any more
	 * @return a result for each line, in order; fails with {@link ProblemCode#OWNER_ONLY}
	 * or {@link ProblemCode#NOT_FOUND} as soon as the caller does not own the account
	 */
	public Flux<List<BulkResult>> create(AccountId account, UserId caller, Flux<List<BulkLine>> batches) {
		return this.accountAccess.owner(account, caller)
			.thenMany(batches)
			.concatMap((lines) -> Uncancellable.of(createAll(account, caller, lines)), 1);
	}

	private Mono<List<BulkResult>> createAll(AccountId account, UserId caller, List<BulkLine> lines) {
		List<BulkLine.Row> rows = lines.stream()
			.filter(BulkLine.Row.class::isInstance)
			.map(BulkLine.Row.class::cast)
			.toList();
		if (rows.isEmpty()) {
			return Mono.just(lines.stream().map(BulkInvitations::unreadable).toList());
		}
		return this.transaction.transactional(commit(account, caller, lines, rows))
			.retryWhen(WHILE_BUSY)
			.doOnNext((done) -> announce(account, done))
			.map(Done::results);
	}

	private Mono<Done> commit(AccountId account, UserId caller, List<BulkLine> lines, List<BulkLine.Row> rows) {
		return this.reads.lockAndRead(account, caller, rows)
			.filter((state) -> state.account().owner().equals(caller))
			.switchIfEmpty(Mono.defer(() -> this.accountAccess.owner(account, caller))
				.then(Mono.error(DomainException.of(ProblemCode.REQUEST_IN_FLIGHT))))
			.flatMap((state) -> commit(account, caller, lines, new BulkPlan(state, this.properties, this.ids)));
	}

	private Mono<Done> commit(AccountId account, UserId caller, List<BulkLine> lines, BulkPlan plan) {
		List<BulkResult> results = lines.stream()
			.map((line) -> (line instanceof BulkLine.Row row) ? plan.place(row) : unreadable(line))
			.toList();
		return this.writes.write(account, caller, plan).thenReturn(new Done(results, plan));
	}

	private void announce(AccountId account, Done done) {
		BulkPlan plan = done.plan();
		plan.limitsHit().forEach(this.notifier::limited);
		if (!plan.made().isEmpty()) {
			this.notifier.created(account, plan.made().size(), plan.ended().size());
		}
	}

	private static BulkResult unreadable(BulkLine line) {
		return new BulkResult.Refused(line.number(), ((BulkLine.Unreadable) line).problem());
	}

	private record Done(List<BulkResult> results, BulkPlan plan) {
	}

}
