package dev.latchkey.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads the delivery reports from PostgreSQL.
 */
class R2dbcDeliveryReports implements DeliveryReports {

	private final DatabaseClient database;

	R2dbcDeliveryReports(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Report> of(Invitation invitation) {
		return attempts(invitation).flatMap(
				(attempts) -> nextAttempt(invitation).map((next) -> new Report(attempts, next.at(), next.deferred()))
					.defaultIfEmpty(new Report(attempts, null, false)));
	}

	private Mono<List<Attempt>> attempts(Invitation invitation) {
		return this.database.sql("""
				select version, attempt, at, outcome, smtp_code, answer from mail_attempt
				 where shard_id = :account and subject_id = :id order by version, attempt
				""")
			.bind("account", invitation.account().value())
			.bind("id", invitation.id().value())
			.map(R2dbcDeliveryReports::attempt)
			.all()
			.collectList();
	}

	private Mono<NextAttempt> nextAttempt(Invitation invitation) {
		return this.database.sql("""
				select due_at, deferred from outbox
				 where shard_id = :account and subject_id = :id and version = :version
				""")
			.bind("account", invitation.account().value())
			.bind("id", invitation.id().value())
			.bind("version", invitation.tokenVersion())
			.map((row) -> new NextAttempt(Columns.instant(row, "due_at"), Columns.booleanValue(row, "deferred")))
			.one();
	}

	private static Attempt attempt(Readable row) {
		return new Attempt(Columns.intValue(row, "version"), Columns.intValue(row, "attempt"),
				Columns.instant(row, "at"), Columns.string(row, "outcome").toLowerCase(Locale.ROOT),
				row.get("smtp_code", Integer.class), Columns.string(row, "answer"));
	}

	private record NextAttempt(Instant at, boolean deferred) {

	}

}
