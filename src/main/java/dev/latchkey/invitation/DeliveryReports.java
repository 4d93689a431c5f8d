package dev.latchkey.invitation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reports the delivery of an invitation's mails: every attempt with the reply of the mail
 * server, and the time of the next attempt.
 */
public class DeliveryReports {

	private final DatabaseClient database;

	DeliveryReports(DatabaseClient database) {
		this.database = database;
	}

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
			.map(DeliveryReports::attempt)
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

	/**
	 * One attempt to deliver a mail.
	 *
	 * @param mail the number of the mail within the invitation, from 1
	 * @param attempt the number of the attempt, from 1
	 * @param code the SMTP reply code, null if no reply was received
	 * @param answer the text of the server's reply or of the error, without addresses
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	public record Attempt(int mail, int attempt, Instant at, String outcome, @Nullable Integer code, String answer) {

	}

	/**
	 * The delivery of all mails of an invitation.
	 *
	 * @param attempts oldest first
	 * @param nextAttemptAt when the newest mail is tried next, null if it is not queued
	 * @param deferred whether the newest mail waits because the mailbox has used up its
	 * quota of mails
	 */
	public record Report(List<Attempt> attempts, @Nullable Instant nextAttemptAt, boolean deferred) {

	}

}
