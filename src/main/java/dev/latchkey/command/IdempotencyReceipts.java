package dev.latchkey.command;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.ConstraintViolations;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * Sees to it that a command under an {@code Idempotency-Key} is done once. The receipt is
 * written by the command's own statement, so there is never one without the other; it
 * names what was made and holds nothing of it.
 */
public class IdempotencyReceipts {

	/** Parameters that {@link #bind} fills in. */
	public static final String INSERT = """
			insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
			select cast(:shard as uuid), cast(:caller as uuid), cast(:receiptKey as text),
			       cast(:fingerprint as text), changed.id
			  from changed where cast(:receiptKey as text) is not null
			""";

	private final DatabaseClient database;

	IdempotencyReceipts(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Does the work, unless the same request was done before.
	 * @param shard the account, or the user for what belongs to no account
	 * @param key the caller's key, or none
	 * @param again reads the present state of what was made then
	 * @param work the command, whose statement inserts the receipt
	 */
	public <T> Mono<Done<T>> once(UUID shard, UserId caller, Optional<IdempotencyKey> key,
			Function<UUID, Mono<T>> again, Mono<T> work) {
		Mono<Done<T>> first = work.map((result) -> new Done<>(result, false));
		if (key.isEmpty()) {
			return first;
		}
		Mono<Done<T>> replay = Mono
			.defer(() -> find(shard, caller, key.get()).flatMap(again).map((result) -> new Done<>(result, true)));
		return replay.switchIfEmpty(first.onErrorResume(IdempotencyReceipts::mayBeRepeated,
				(error) -> replay.switchIfEmpty(Mono.error(error))));
	}

	/**
	 * Binds the parameters of {@link #INSERT}.
	 */
	public static GenericExecuteSpec bind(GenericExecuteSpec statement, UUID shard, UserId caller,
			Optional<IdempotencyKey> key) {
		return statement.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("receiptKey", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::key).orElse(null)))
			.bind("fingerprint", Columns.orNull(R2dbcType.VARCHAR, key.map(IdempotencyKey::fingerprint).orElse(null)));
	}

	/**
	 * The receipts of requests that were done before, by their key.
	 */
	public Mono<Map<String, Receipt>> find(UUID shard, UserId caller, Collection<IdempotencyKey> keys) {
		if (keys.isEmpty()) {
			return Mono.just(Map.of());
		}
		return this.database.sql("""
				select key, fingerprint, subject_id from idempotency_receipt
				 where shard_id = :shard and caller_id = :caller and key = any(:keys)
				""")
			.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("keys", keys.stream().map(IdempotencyKey::key).toArray(String[]::new))
			.map((row) -> Map.entry(Columns.string(row, "key"), receipt(row)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/**
	 * Writes receipts as part of the transaction in which the work was done.
	 * @param made what was made, by key
	 */
	public Mono<Void> insert(UUID shard, UserId caller, Map<IdempotencyKey, UUID> made) {
		if (made.isEmpty()) {
			return Mono.empty();
		}
		List<Map.Entry<IdempotencyKey, UUID>> all = List.copyOf(made.entrySet());
		return this.database.sql("""
				insert into idempotency_receipt (shard_id, caller_id, key, fingerprint, subject_id)
				select cast(:shard as uuid), cast(:caller as uuid), r.key, r.fingerprint, r.subject_id
				  from unnest(:keys, :fingerprints, :subjects) as r (key, fingerprint, subject_id)
				""")
			.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("keys", all.stream().map((one) -> one.getKey().key()).toArray(String[]::new))
			.bind("fingerprints", all.stream().map((one) -> one.getKey().fingerprint()).toArray(String[]::new))
			.bind("subjects", all.stream().map(Map.Entry::getValue).toArray(UUID[]::new))
			.then();
	}

	private Mono<UUID> find(UUID shard, UserId caller, IdempotencyKey key) {
		return this.database.sql("""
				select fingerprint, subject_id from idempotency_receipt
				 where shard_id = :shard and caller_id = :caller and key = :key
				""")
			.bind("shard", shard)
			.bind("caller", caller.value())
			.bind("key", key.key())
			.map(IdempotencyReceipts::receipt)
			.one()
			.map((receipt) -> receipt.subject(key));
	}

	private static Receipt receipt(Readable row) {
		return new Receipt(Columns.string(row, "fingerprint"), Columns.uuid(row, "subject_id"));
	}

	/**
	 * Whether the same request may have been done by somebody else while this one was on
	 * its way: either the receipt is in its place, or what was done stands against doing
	 * it again.
	 */
	private static boolean mayBeRepeated(Throwable error) {
		return error instanceof DomainException || isReceipt(error);
	}

	/**
	 * Whether a statement failed because its receipt is there already.
	 */
	public static boolean isReceipt(Throwable error) {
		return ConstraintViolations.violated(error, "idempotency_receipt_pkey");
	}

	/**
	 * What was made by a request that was done before.
	 */
	public record Receipt(String fingerprint, UUID made) {

		/**
		 * What was made, if the request was the same.
		 * @throws DomainException {@link ProblemCode#IDEMPOTENCY_KEY_REUSED}
		 */
		public UUID subject(IdempotencyKey key) {
			if (!this.fingerprint.equals(key.fingerprint())) {
				throw DomainException.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
			}
			return this.made;
		}

	}

	/**
	 * The result of a command.
	 *
	 * @param replayed whether it was done earlier, under the same key
	 */
	public record Done<T>(T result, boolean replayed) {

	}

}
