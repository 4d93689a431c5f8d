package dev.latchkey.session;

import java.time.Duration;

import dev.latchkey.retention.ExpiredRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes sessions and password resets that have expired.
 */
final class SessionPurges {

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

	private static final String PASSWORD_RESETS = """
			with gone as (
			    delete from password_reset where (user_id, id) in (
			        select user_id, id from password_reset where expires_at <= now() - make_interval(secs => :age)
			         order by expires_at limit :batch)
			    returning user_id, id),
			attempts as (
			    delete from mail_attempt m using gone g where m.shard_id = g.user_id and m.subject_id = g.id)
			select count(*) as dropped from gone
			""";

	private SessionPurges() {
	}

	static PurgeTask sessions(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "sessions", SESSIONS, Duration.ZERO, properties.purgeBatchSize());
	}

	/**
	 * Ends of sessions. They are kept for an hour, so that every replica reads them.
	 */
	static PurgeTask sessionEnds(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "ends of sessions", SESSION_ENDS, Duration.ofHours(1),
				properties.purgeBatchSize());
	}

	/**
	 * Password resets, with the record of their mails.
	 */
	static PurgeTask passwordResets(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "password resets", PASSWORD_RESETS, properties.expiredLinks(),
				properties.purgeBatchSize());
	}

}
