package dev.latchkey.command;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.ConstraintViolations;
import io.r2dbc.spi.R2dbcType;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Ensures that a command with an {@code Idempotency-Key} runs once. The statement of the
 * command inserts the receipt, so a receipt exists if and only if the command was
 * committed. The receipt contains the id of what the command created or changed, and no
 * other data.
 */
public class IdempotencyReceipts {

	/**
	 * A part of the command's statement that inserts the receipt for the {@code id} of
	 * its {@code changed} query. {@link #bind} sets the parameters.
	 */
	public static final String INSERT = """
			insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
			select cast(:shard as uuid), cast(:caller as uuid), cast(:receiptKey as text),
			       cast(:fingerprint as text), changed.id
			  from changed where cast(:receiptKey as text) is not null
			""";

	private final ReceiptStore store;

	IdempotencyReceipts(ReceiptStore store) {
		this.store = store;
	}

	/**
	 * Runs a command unless the same request was completed before.
	 * @param shard the account, or the user for a command that belongs to no account
	 * @param key the key of the request, or empty to run the command in any case
	 * @param load reads the current state of what the earlier request created or changed,
	 * by its id
	 * @param command the command, whose statement inserts the receipt
	 * @return the result of the command or the current state, or
	 * {@link ProblemCode#IDEMPOTENCY_KEY_REUSED} if the key belongs to another request
	 */
	public <T> Mono<CommandResult<T>> runOnce(UUID shard, UserId caller, Optional<IdempotencyKey> key,
			Function<UUID, Mono<T>> load, Mono<T> command) {
		Mono<CommandResult<T>> run = command.map((value) -> new CommandResult<>(value, false));
		if (key.isEmpty()) {
			return run;
		}
		Mono<CommandResult<T>> replay = Mono.defer(() -> findSubject(shard, caller, key.get()))
			.flatMap(load)
			.map((value) -> new CommandResult<>(value, true));
		return replay.switchIfEmpty(run.onErrorResume(IdempotencyReceipts::isPossibleDuplicate,
				(error) -> replay.switchIfEmpty(Mono.error(error))));
	}

	/**
	 * Sets the parameters of {@link #INSERT}.
	 */
	public static GenericExecuteSpec bind(GenericExecuteSpec statement, UUID shard, UserId caller,
			Optional<IdempotencyKey> key) {
		return statement.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("receiptKey", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::key).orElse(null)))
			.bind("fingerprint", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::fingerprint).orElse(null)));
	}

	private Mono<UUID> findSubject(UUID shard, UserId caller, IdempotencyKey key) {
		return this.store.find(shard, caller, key).map((receipt) -> receipt.requireSubject(key));
	}

	/**
	 * Whether an error may mean that a concurrent request with the same key has been
	 * completed: its receipt exists, or its change is the reason of this refusal.
	 */
	private static boolean isPossibleDuplicate(Throwable error) {
		return error instanceof DomainException || isDuplicateReceipt(error);
	}

	/**
	 * Whether a statement failed because its receipt already exists.
	 */
	public static boolean isDuplicateReceipt(Throwable error) {
		return ConstraintViolations.violated(error, "idempotency_receipt_pkey");
	}

	/**
	 * A completed request.
	 *
	 * @param fingerprint the fingerprint of its {@link IdempotencyKey}
	 * @param subject the id of what the command created or changed
	 */
	public record Receipt(String fingerprint, UUID subject) {

		/**
		 * The subject, if the receipt belongs to the same request.
		 * @throws DomainException {@link ProblemCode#IDEMPOTENCY_KEY_REUSED} if the
		 * fingerprints differ
		 */
		public UUID requireSubject(IdempotencyKey key) {
			if (!this.fingerprint.equals(key.fingerprint())) {
				throw DomainException.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
			}
			return this.subject;
		}

	}

}
