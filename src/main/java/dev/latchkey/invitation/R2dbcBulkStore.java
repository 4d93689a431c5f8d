package dev.latchkey.invitation;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import dev.latchkey.command.IdempotencyKey;
import dev.latchkey.command.Refusals;
import dev.latchkey.mail.Traceparent;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.shared.UserId;
import dev.latchkey.shared.ValidityDays;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Calls the database function that creates the invitations of a batch. A check calls the
 * same function in a transaction that is rolled back.
 */
class R2dbcBulkStore implements BulkStore {

	private static final String CREATE = """
			select r.*
			  from create_invitations(:account, :caller, :ids, :mails, :emails, :canonicals, :mailboxes, :permissions,
			                          :locales, :days, :keys, :fingerprints, :validity, :maxPending, :maxCreations,
			                          :maxResends, :traceparent, :assumed) r
			""";

	private final DatabaseClient database;

	private final TransactionalOperator transaction;

	private final IdGenerator ids;

	private final InvitationProperties properties;

	R2dbcBulkStore(DatabaseClient database, TransactionalOperator transaction, IdGenerator ids,
			InvitationProperties properties) {
		this.database = database;
		this.transaction = transaction;
		this.ids = ids;
		this.properties = properties;
	}

	@Override
	public Mono<List<BulkOutcome>> create(AccountId account, UserId caller, List<BulkLine.Row> rows) {
		return execute(account, caller, rows, 0);
	}

	@Override
	public Mono<List<BulkOutcome>> check(AccountId account, UserId caller, List<BulkLine.Row> rows, int assumed) {
		return this.transaction.execute((status) -> {
			status.setRollbackOnly();
			return execute(account, caller, rows, assumed);
		}).single();
	}

	private Mono<List<BulkOutcome>> execute(AccountId account, UserId caller, List<BulkLine.Row> rows, int assumed) {
		return Mono.deferContextual((context) -> call(rows).bind("account", account.value())
			.bind("caller", caller.value())
			.bind("assumed", assumed)
			.bind("traceparent", Traceparent.of(context))
			.map((result) -> outcome(result, rows))
			.all()
			.concatMap(Function.identity())
			.collectList());
	}

	private GenericExecuteSpec call(List<BulkLine.Row> rows) {
		return this.database.sql(CREATE)
			.bind("ids", newIds(rows.size()))
			.bind("mails", newIds(rows.size()))
			.bind("emails", column(rows, (row) -> row.email().value(), String[]::new))
			.bind("canonicals", column(rows, (row) -> row.email().canonical(), String[]::new))
			.bind("mailboxes", column(rows, (row) -> row.email().mailbox(), String[]::new))
			.bind("permissions", column(rows, R2dbcBulkStore::permissions, String[]::new))
			.bind("locales", column(rows, R2dbcBulkStore::locale, String[]::new))
			.bind("days", column(rows, R2dbcBulkStore::days, Integer[]::new))
			.bind("keys", column(rows, (row) -> key(row, IdempotencyKey::key), String[]::new))
			.bind("fingerprints", column(rows, (row) -> key(row, IdempotencyKey::fingerprint), String[]::new))
			.bind("validity", Intervals.seconds(this.properties.validity()))
			.bind("maxPending", this.properties.maxPending())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.bind("maxResends", this.properties.maxResendsPerDay());
	}

	private UUID[] newIds(int count) {
		return Stream.generate(this.ids).limit(count).toArray(UUID[]::new);
	}

	private static Mono<BulkOutcome> outcome(Readable result, List<BulkLine.Row> rows) {
		Integer position = result.get("position", Integer.class);
		if (position == null) {
			return Mono.justOrEmpty(Refusals.of(result)).flatMap(Mono::error);
		}
		return Mono.just(BulkOutcome.of(rows.get(position - 1).number(), result));
	}

	private static String permissions(BulkLine.Row row) {
		return String.join(" ", row.invitation().permissions().keys());
	}

	private static @Nullable String locale(BulkLine.Row row) {
		Locale locale = row.invitation().locale();
		return (locale != null) ? locale.toLanguageTag() : null;
	}

	private static @Nullable Integer days(BulkLine.Row row) {
		ValidityDays validity = row.invitation().validity();
		return (validity != null) ? validity.days() : null;
	}

	private static @Nullable String key(BulkLine.Row row, Function<IdempotencyKey, String> part) {
		return row.key().map(part).orElse(null);
	}

	private static <T> T[] column(List<BulkLine.Row> rows, Function<BulkLine.Row, @Nullable T> value,
			IntFunction<T[]> array) {
		return rows.stream().map(value).toArray(array);
	}

}
