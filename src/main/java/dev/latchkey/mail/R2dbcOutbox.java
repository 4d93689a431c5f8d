package dev.latchkey.mail;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The outbox table. A row is claimed in a statement of its own, which locks no account.
 * The lease of a claim ends when the row is due again.
 */
class R2dbcOutbox implements Outbox, OutboxStore {

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final Signal<Boolean> wakes = new Signal<>();

	R2dbcOutbox(DatabaseClient database, IdGenerator ids) {
		this.database = database;
		this.ids = ids;
	}

	@Override
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

	@Override
	public void wakeRelay() {
		this.wakes.emit(true);
	}

	@Override
	public Flux<Boolean> wakes() {
		return this.wakes.asFlux();
	}

	@Override
	public Flux<Due> findDue() {
		return this.database.sql("select shard_id, id from outbox where due_at <= now() order by due_at limit :page")
			.bind("page", PAGE_SIZE)
			.map((row) -> new Due(Columns.uuid(row, "shard_id"), Columns.uuid(row, "id")))
			.all();
	}

	@Override
	public Mono<Claim> claim(Due due, Duration leaseDuration) {
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
			.bind("seconds", Intervals.seconds(leaseDuration))
			.map((row) -> new Claim(queuedMail(due, row), lease, row.get("traceparent", String.class)))
			.one();
	}

	@Override
	public Mono<Void> complete(Claim claim) {
		return underLease(this.database.sql("""
				delete from outbox where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	@Override
	public Mono<Void> retry(Claim claim, Duration delay) {
		return underLease(this.database.sql("""
				update outbox set lease = null, due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", Intervals.seconds(delay)), claim);
	}

	@Override
	public Mono<Void> defer(Claim claim, Duration delay) {
		return underLease(this.database.sql("""
				update outbox set lease = null, deferred = true, attempts = attempts - 1,
				       due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", Intervals.seconds(delay)), claim);
	}

	@Override
	public Mono<Void> release(Claim claim) {
		return underLease(this.database.sql("""
				update outbox set lease = null, attempts = attempts - 1, due_at = now()
				 where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	@Override
	public Mono<Void> recordAttempt(QueuedMail mail, MailOutcome outcome) {
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

}
