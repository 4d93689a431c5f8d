package dev.latchkey.command;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs a command of an account until it has changed something or has been refused.
 * <p>
 * A command is one statement that changes nothing if its conditions do not hold. Then
 * there are two cases. Either the current state explains the refusal, or the statement
 * waited for a concurrent change and read a snapshot from before that change. In the
 * second case it runs again in a transaction that locks the account first, so that it
 * reads the state that it changes.
 */
public class CommandExecution {

	/** How often a command runs again after its first attempt under the lock. */
	private static final int MAX_REPEATS = 3;

	private final AccountLock accountLock;

	private final TransactionalOperator transaction;

	CommandExecution(AccountLock accountLock, TransactionalOperator transaction) {
		this.accountLock = accountLock;
		this.transaction = transaction;
	}

	/**
	 * Prepares a command. It runs when the result of {@link Attempt#orExplain} is
	 * subscribed to.
	 * @param command one statement; completes empty, or fails with a duplicate key, if it
	 * changed nothing
	 */
	public <T> Attempt<T> run(AccountId account, Mono<T> command) {
		return new Attempt<>(command, this.transaction.transactional(this.accountLock.lock(account).then(command)));
	}

	/**
	 * A command that still needs an explanation for the case that it changes nothing.
	 */
	public static final class Attempt<T> {

		private final Mono<T> command;

		private final Mono<T> lockedCommand;

		private Attempt(Mono<T> command, Mono<T> lockedCommand) {
			this.command = command;
			this.lockedCommand = lockedCommand;
		}

		/**
		 * Runs the command, and explains the refusal if it changed nothing.
		 * @param explanation reads the current state and fails with the reason of the
		 * refusal; completes if the state allows the command
		 * @return the result of the command, or the error of the explanation, or
		 * {@link ProblemCode#REQUEST_IN_FLIGHT} if concurrent changes interfered with
		 * every attempt
		 */
		public Mono<T> orExplain(Mono<Void> explanation) {
			return orExistingResult(explanation.then(Mono.empty()));
		}

		/**
		 * Runs the command. If it changed nothing, returns the result of an earlier run
		 * of the same command, or explains the refusal.
		 * @param existingResult reads the current state: returns the result if the
		 * command was run before; fails with the reason of the refusal; completes empty
		 * if the state allows the command
		 * @return the result of the command or the existing result, or an error as in
		 * {@link #orExplain}
		 */
		public Mono<T> orExistingResult(Mono<T> existingResult) {
			Mono<T> first = resultOf(this.command, existingResult);
			Mono<T> retries = resultOf(this.lockedCommand, existingResult)
				.repeatWhenEmpty((repeats) -> repeats.map(Attempt::requireRepeatsLeft));
			return first.switchIfEmpty(retries);
		}

		private static long requireRepeatsLeft(long repeats) {
			if (repeats >= MAX_REPEATS) {
				throw DomainException.of(ProblemCode.REQUEST_IN_FLIGHT);
			}
			return repeats;
		}

		private static <T> Mono<T> resultOf(Mono<T> command, Mono<T> existingResult) {
			return command.onErrorResume(Attempt::isStaleSnapshot, (duplicate) -> Mono.empty())
				.switchIfEmpty(existingResult);
		}

		/**
		 * Whether a unique index found a row that the snapshot of the statement did not
		 * contain. A duplicate receipt is a different case: the same request has just
		 * been completed.
		 */
		private static boolean isStaleSnapshot(Throwable error) {
			return error instanceof DuplicateKeyException && !IdempotencyReceipts.isDuplicateReceipt(error);
		}

	}

}
