package dev.latchkey.user;

import dev.latchkey.retention.ExpiredRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes expired sign-ups, with the record of their mails.
 */
final class SignUpPurge {

	private static final String STATEMENT = """
			with gone as (
			    delete from sign_up where id in (
			        select id from sign_up where expires_at <= now() - make_interval(secs => :age)
			         order by expires_at limit :batch)
			    returning id),
			attempts as (
			    delete from mail_attempt m using gone g where m.shard_id = g.id and m.subject_id = g.id)
			select count(*) as dropped from gone
			""";

	private SignUpPurge() {
	}

	static PurgeTask task(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "sign-ups", STATEMENT, properties.expiredLinks(),
				properties.purgeBatchSize());
	}

}
