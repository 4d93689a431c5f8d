package dev.latchkey.mail;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.sql.Columns;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The outbox table. Commands insert into it in their own transaction; only the relay
 * deletes from it. A separate statement claims a row; it locks no account. The lease of a
 * claim ends when the row is due again.
 */
public class Outbox {

	/** How many due mails are read at once. */
	static final int PAGE_SIZE = 200;

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Signal<Boolean> wakes = new Signal<>();

	Outbox(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	/**
	 * Enqueues a mail as part of the caller's transaction.
	 * @param shard the account's id, or the user's for a mail that belongs to no account
	 * @param type the name of the {@link MailType}
	 * @param subject the id of what the mail is about, such as an invitation
	 * @param version the version of the subject that the mail is about
	 */
	public Mono<Void> enqueue(UUID shard, String type, UUID subject, int version) {
		DatabaseClient.GenericExecuteSpec statement = this.database.sql("""
				insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
				values (:shard, :id, :topic, :subject, :version, :traceparent)
				""")
			.bind("shard", shard)
			.bind("id", this.ids.get())
			.bind("topic", type)
			.bind("subject", subject)
			.bind("version", version);
		return Mono.deferContextual((context) -> statement.bind("traceparent", Traceparent.of(context)).then());
	}

	/**
	 * Wakes the relay of this replica after an enqueued mail was committed, so that the
	 * mail is sent without waiting for the next poll.
	 */
	public void wakeRelay() {
		this.wakes.emit(true);
	}

	/**
	 * The calls of {@link #wakeRelay}.
	 */
	Flux<Boolean> wakes() {
		return this.wakes.asFlux();
	}

	/**
	 * Finds the mails that are due, oldest first. They are read without a lock, so
	 * another replica may claim one first.
	 */
	Flux<Due> findDue() {
		return this.database.sql("select shard_id, id from outbox where due_at <= now() order by due_at limit :page")
			.bind("page", PAGE_SIZE)
			.map((row) -> new Due(Columns.uuid(row, "shard_id"), Columns.uuid(row, "id")))
			.all();
	}

	/**
	 * Claims a due mail for this replica, and counts the attempt before it is made.
	 * @return the claim, or empty if another replica has claimed the mail
	 */
	Mono<Claim> claim(Due due, Duration leaseDuration) {
		UUID lease = this.ids.get();
		return this.database.sql("""
				with picked as (
				    select shard_id, id from outbox
				     where shard_id = :shard and id = :id and due_at <= now()
				       for update skip locked)
				update outbox o
				   set lease = :lease, attempts = o.attempts + 1, deferred = false,
				       due_at = now() + make_interval(secs => :seconds)
				  from picked p
				 where o.shard_id = :shard and o.shard_id = p.shard_id and o.id = p.id and o.due_at <= now()
				returning o.topic, o.subject_id, o.version, o.attempts, o.traceparent
				""")
			.bind("shard", due.shard())
			.bind("id", due.id())
			.bind("lease", lease)
			.bind("seconds", leaseDuration.toMillis() / 1000.0)
			.map((row) -> new Claim(queuedMail(due, row), lease, row.get("traceparent", String.class)))
			.one();
	}

	/**
	 * Deletes the mail: no further attempt is made.
	 */
	Mono<Void> complete(Claim claim) {
		return underLease(this.database.sql("""
				delete from outbox where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	/**
	 * Releases the mail for its next attempt, after a delay.
	 */
	Mono<Void> retry(Claim claim, Duration delay) {
		return underLease(this.database.sql("""
				update outbox set lease = null, due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", delay.toMillis() / 1000.0), claim);
	}

	/**
	 * Defers the mail because its mailbox has reached its quota. The attempt is not
	 * counted.
	 */
	Mono<Void> defer(Claim claim, Duration delay) {
		return underLease(this.database.sql("""
				update outbox set lease = null, deferred = true, attempts = attempts - 1,
				       due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", delay.toMillis() / 1000.0), claim);
	}

	/**
	 * Releases the mail for an immediate claim by any replica. The attempt is not
	 * counted.
	 */
	Mono<Void> release(Claim claim) {
		return underLease(this.database.sql("""
				update outbox set lease = null, attempts = attempts - 1, due_at = now()
				 where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	Mono<Void> recordAttempt(QueuedMail mail, MailOutcome outcome) {
		return this.database.sql("""
				insert into mail_attempt (shard_id, subject_id, version, attempt, outcome, smtp_code, answer)
				values (:shard, :subject, :version, :attempt, :outcome, :code, :answer)
				on conflict (shard_id, subject_id, version, attempt) do nothing
				""")
			.bind("shard", mail.shard())
			.bind("subject", mail.subject())
			.bind("version", mail.version())
			.bind("attempt", mail.attempt())
			.bind("outcome", outcome.verdict().name())
			.bind("code", Columns.orNull(R2dbcType.INTEGER, outcome.code()))
			.bind("answer", outcome.reply())
			.then();
	}

	private static Mono<Void> underLease(DatabaseClient.GenericExecuteSpec statement, Claim claim) {
		return statement.bind("shard", claim.mail().shard())
			.bind("id", claim.mail().id())
			.bind("lease", claim.lease())
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows == 1) ? Mono.empty() : Mono.error(new LeaseLostException(claim.mail())));
	}

	private static QueuedMail queuedMail(Due due, Readable row) {
		return new QueuedMail(due.shard(), due.id(), Columns.string(row, "topic"), Columns.uuid(row, "subject_id"),
				Columns.intValue(row, "version"), Columns.intValue(row, "attempts"));
	}

	/**
	 * The key of a mail that is due.
	 */
	record Due(UUID shard, UUID id) {

	}

	/**
	 * A mail that this replica has claimed until its lease ends.
	 *
	 * @param traceparent the trace of the request that enqueued the mail, null if there
	 * is none
	 */
	record Claim(QueuedMail mail, UUID lease, @Nullable String traceparent) {

	}

	/**
	 * The lease has ended and another replica has claimed the mail: this replica must not
	 * write its state any more.
	 */
	static final class LeaseLostException extends RuntimeException {

		LeaseLostException(QueuedMail mail) {
			super("Lost the lease of " + mail.messageIdLocalPart(), null, false, false);
		}

	}

}
