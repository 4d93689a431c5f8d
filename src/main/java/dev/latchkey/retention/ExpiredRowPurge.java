package dev.latchkey.retention;

import java.time.Duration;
import java.util.List;

import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Rows that belong to no account and mean nothing any more: the same as if they were not
 * there, or a link or session that is over.
 *
 * @param name as people call them
 * @param sql drops at most {@code :batch} of them that are older than {@code :age}
 * seconds, and says how many
 */
record ExpiredRowPurge(DatabaseClient database, String name, String sql, Duration age, int batch) implements PurgeTask {

	private static final String SESSIONS = """
			with gone as (
			    delete from session where token_hash in (
			        select token_hash from session
			         where least(expires_at, idle_until) <= now() - make_interval(secs => :age)
			         limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private static final String SESSION_ENDS = """
			with gone as (
			    delete from session_end where session_id in (
			        select session_id from session_end where at <= now() - make_interval(secs => :age) limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private static final String SIGN_UPS = """
			with gone as (
			    delete from sign_up where id in (
			        select id from sign_up where expires_at <= now() - make_interval(secs => :age)
			         order by expires_at limit :batch)
			    returning id),
			attempts as (
			    delete from mail_attempt m using gone g where m.shard_id = g.id and m.subject_id = g.id)
			select count(*) as dropped from gone
			""";

	private static final String RESETS = """
			with gone as (
			    delete from password_reset where (user_id, id) in (
			        select user_id, id from password_reset where expires_at <= now() - make_interval(secs => :age)
			         order by expires_at limit :batch)
			    returning user_id, id),
			attempts as (
			    delete from mail_attempt m using gone g where m.shard_id = g.user_id and m.subject_id = g.id)
			select count(*) as dropped from gone
			""";

	private static final String THROTTLES = """
			with gone as (
			    delete from throttle where bucket in (
			        select bucket from throttle where window_start <= now() - make_interval(secs => :age)
			         order by window_start limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private static final String POSTAGE = """
			with gone as (
			    delete from mailbox_quota where mailbox in (
			        select mailbox from mailbox_quota where window_start <= now() - make_interval(secs => :age)
			         limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	/**
	 * All of them. A window that counts is kept longer than it lasts, so that nobody
	 * finds gone what they have just read.
	 */
	static List<PurgeTask> all(DatabaseClient database, RetentionProperties properties) {
		int batch = properties.purgeBatchSize();
		return List.of(new ExpiredRowPurge(database, "sessions", SESSIONS, Duration.ZERO, batch),
				new ExpiredRowPurge(database, "ends of sessions", SESSION_ENDS, Duration.ofHours(1), batch),
				new ExpiredRowPurge(database, "sign-ups", SIGN_UPS, properties.expiredLinks(), batch),
				new ExpiredRowPurge(database, "password resets", RESETS, properties.expiredLinks(), batch),
				new ExpiredRowPurge(database, "attempts", THROTTLES, Duration.ofDays(2), batch),
				new ExpiredRowPurge(database, "counts of mails to mailboxes", POSTAGE, Duration.ofHours(2), batch));
	}

	@Override
	public Flux<Long> drop() {
		return dropBatch().expand((dropped) -> (dropped == this.batch) ? dropBatch() : Mono.empty())
			.filter((dropped) -> dropped > 0);
	}

	private Mono<Long> dropBatch() {
		return this.database.sql(this.sql)
			.bind("age", (double) this.age.toSeconds())
			.bind("batch", this.batch)
			.map((row) -> Columns.longValue(row, "dropped"))
			.one();
	}

}
