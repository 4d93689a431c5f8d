package dev.latchkey.command;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Brings a command to a decision. A statement that changed nothing has either been
 * refused, and the present state says why, or it waited behind another change with an old
 * snapshot: then it runs again, in a transaction that holds the account's lock first, so
 * that it sees what it decides on.
 */
public class CommandExecution {

	private static final int LOCKED_ATTEMPTS = 3;

	private final DatabaseClient database;

	private final TransactionalOperator transaction;

	CommandExecution(DatabaseClient database, TransactionalOperator transaction) {
		this.database = database;
		this.transaction = transaction;
	}

	/**
	 * Runs a command until it has changed something or is refused.
	 * @param command one statement; empty, or a duplicate key, if it changed nothing
	 * @param refusal fails with the reason; completes if nothing stands against it
	 */
	public <T> Mono<T> reach(AccountId account, Mono<T> command, Mono<Void> refusal) {
		Mono<T> again = refused(this.transaction.transactional(lock(account).then(command)), refusal);
		return refused(command, refusal).switchIfEmpty(again.repeatWhenEmpty(LOCKED_ATTEMPTS, (attempts) -> attempts)
			.onErrorMap(IllegalStateException.class, (exhausted) -> DomainException.of(ProblemCode.REQUEST_IN_FLIGHT)));
	}

	private static <T> Mono<T> refused(Mono<T> command, Mono<Void> refusal) {
		return command.onErrorResume(CommandExecution::isRace, (duplicate) -> Mono.empty())
			.switchIfEmpty(refusal.then(Mono.empty()));
	}

	/**
	 * A unique index told the truth that the snapshot did not. A receipt that is there
	 * already is another matter: the same request was done a moment ago.
	 */
	private static boolean isRace(Throwable error) {
		return error instanceof DuplicateKeyException && !IdempotencyReceipts.isReceipt(error);
	}

	private Mono<Void> lock(AccountId account) {
		return this.database.sql("select 1 from account where id = :account for no key update")
			.bind("account", account.value())
			.then();
	}

}
