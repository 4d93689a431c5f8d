package dev.latchkey.mail;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import dev.latchkey.observability.LimitCounter;
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
 * The outbox table. Commands insert into it in their own statement; only the relay takes
 * out. A row is claimed alone, never together with an account's, and its lease ends when
 * it is due again.
 */
public class Outbox {

	/** How many due mails are looked for at once. */
	static final int PAGE = 200;

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final LimitCounter limits;

	private final Signal<Boolean> wakes = new Signal<>();

	Outbox(DatabaseClient database, IdGenerator ids, LimitCounter limits) {
		this.database = database;
		this.ids = ids;
		this.limits = limits;
	}

	/**
	 * Orders a mail as part of the caller's transaction.
	 */
	public Mono<Void> order(UUID shard, String topic, UUID subject, int version) {
		DatabaseClient.GenericExecuteSpec statement = this.database.sql("""
				insert into outbox (shard_id, id, topic, subject_id, version, traceparent)
				values (:shard, :id, :topic, :subject, :version, :traceparent)
				""")
			.bind("shard", shard)
			.bind("id", this.ids.get())
			.bind("topic", topic)
			.bind("subject", subject)
			.bind("version", version);
		return Mono.deferContextual((context) -> statement.bind("traceparent", Traceparent.of(context)).then());
	}

	/**
	 * Says that an ordered mail was committed, so that it goes out without waiting for
	 * the relay's next round.
	 */
	public void wake() {
		this.wakes.say(true);
	}

	Flux<Boolean> wakes() {
		return this.wakes.words();
	}

	/**
	 * What is due, oldest first; read without a lock, so a claim may still come too late.
	 */
	Flux<Due> due() {
		return this.database.sql("select shard_id, id from outbox where due_at <= now() order by due_at limit :page")
			.bind("page", PAGE)
			.map((row) -> new Due(Columns.uuid(row, "shard_id"), Columns.uuid(row, "id")))
			.all();
	}

	/**
	 * Takes a due mail for this replica and counts the attempt before it is made.
	 * @return empty if another replica has it
	 */
	Mono<Claim> claim(Due due, Duration lease) {
		UUID token = this.ids.get();
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
			.bind("lease", token)
			.bind("seconds", lease.toMillis() / 1000.0)
			.map((row) -> new Claim(orderOf(due, row), token, row.get("traceparent", String.class)))
			.one();
	}

	/**
	 * Takes the mail out for good.
	 */
	Mono<Void> complete(Claim claim) {
		return underLease(this.database.sql("""
				delete from outbox where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	Mono<Void> postpone(Claim claim, Duration wait) {
		return underLease(this.database.sql("""
				update outbox set lease = null, due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", wait.toMillis() / 1000.0), claim);
	}

	/**
	 * Puts the mail off without counting the attempt: its mailbox has had enough for now.
	 */
	Mono<Void> defer(Claim claim, Duration wait) {
		return underLease(this.database.sql("""
				update outbox set lease = null, deferred = true, attempts = attempts - 1,
				       due_at = now() + make_interval(secs => :seconds)
				 where shard_id = :shard and id = :id and lease = :lease
				""").bind("seconds", wait.toMillis() / 1000.0), claim);
	}

	/**
	 * Gives the mail back to whoever takes it next, as if it had not been claimed.
	 */
	Mono<Void> handBack(Claim claim) {
		return underLease(this.database.sql("""
				update outbox set lease = null, attempts = attempts - 1, due_at = now()
				 where shard_id = :shard and id = :id and lease = :lease
				"""), claim);
	}

	Mono<Void> recordAttempt(QueuedMail order, MailOutcome outcome) {
		return this.database.sql("""
				insert into mail_attempt (shard_id, subject_id, version, attempt, outcome, smtp_code, answer)
				values (:shard, :subject, :version, :attempt, :outcome, :code, :answer)
				on conflict (shard_id, subject_id, version, attempt) do nothing
				""")
			.bind("shard", order.shard())
			.bind("subject", order.subject())
			.bind("version", order.version())
			.bind("attempt", order.attempt())
			.bind("outcome", outcome.verdict().name())
			.bind("code", Columns.orNull(R2dbcType.INTEGER, outcome.code()))
			.bind("answer", outcome.answer())
			.then();
	}

	/**
	 * Counts one mail more for a mailbox, across all accounts.
	 * @return how long the mailbox is to be spared, empty if the mail may go
	 */
	Mono<Optional<Duration>> takePostage(String mailbox, int limit) {
		return this.database.sql("""
				with counted as (
				    insert into mailbox_quota as q (mailbox, window_start, mails)
				    values (:mailbox, now(), 1)
				    on conflict (mailbox) do update
				       set mails = case when excluded.window_start - q.window_start >= interval '1 hour' then 1
				                        else q.mails + 1 end,
				           window_start = case when excluded.window_start - q.window_start >= interval '1 hour'
				                               then excluded.window_start else q.window_start end
				     where excluded.window_start - q.window_start >= interval '1 hour' or q.mails < :limit
				    returning 1)
				select case when exists (select 1 from counted) then null
				            else extract(epoch from interval '1 hour' - (now() - (
				                     select window_start from mailbox_quota where mailbox = :mailbox)))::float8
				       end as wait
				""")
			.bind("mailbox", mailbox)
			.bind("limit", limit)
			.map((row) -> Optional.ofNullable(row.get("wait", Double.class)).map(Outbox::seconds))
			.one()
			.doOnNext((wait) -> wait.ifPresent((spared) -> this.limits.hit("mailbox")));
	}

	private static Duration seconds(double wait) {
		return Duration.ofMillis((long) Math.ceil(Math.max(1, wait) * 1000));
	}

	private static Mono<Void> underLease(DatabaseClient.GenericExecuteSpec statement, Claim claim) {
		return statement.bind("shard", claim.order().shard())
			.bind("id", claim.order().id())
			.bind("lease", claim.lease())
			.fetch()
			.rowsUpdated()
			.flatMap((rows) -> (rows == 1) ? Mono.empty() : Mono.error(new LeaseLost(claim.order())));
	}

	private static QueuedMail orderOf(Due due, Readable row) {
		return new QueuedMail(due.shard(), due.id(), Columns.string(row, "topic"), Columns.uuid(row, "subject_id"),
				Columns.intValue(row, "version"), Columns.intValue(row, "attempts"));
	}

	record Due(UUID shard, UUID id) {

	}

	/**
	 * A mail that this replica has for now.
	 *
	 * @param traceparent the trace of the request that ordered it, null if there is none
	 */
	record Claim(QueuedMail order, UUID lease, @Nullable String traceparent) {

	}

	/**
	 * Another replica took the mail over: whatever was to be written about it is theirs.
	 */
	static final class LeaseLost extends RuntimeException {

		LeaseLost(QueuedMail order) {
			super("Lost the lease of " + order.messageName(), null, false, false);
		}

	}

}
