package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.retention.ExpiredAccountRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes counts of mails to an invitee in windows that have ended. They are kept for
 * longer than a window lasts, so that no count disappears between two statements that
 * read it.
 */
final class InviteeQuotaPurge {

	private static final String QUERY = """
			select distinct account_id as shard
			  from (select account_id from invitee_quota
			         where window_start <= now() - make_interval(secs => :age)
			         limit :batch) due
			""";

	private static final String STATEMENT = """
			with old as (
			    select mailbox from invitee_quota
			     where account_id = :shard and window_start <= now() - make_interval(secs => :age)
			     limit :batch
			       for update skip locked),
			gone as (
			    delete from invitee_quota q using old o
			     where q.account_id = :shard and q.mailbox = o.mailbox
			       and q.window_start <= now() - make_interval(secs => :age)
			    returning q.mailbox)
			select count(*) as dropped from gone
			""";

	private InviteeQuotaPurge() {
	}

	static PurgeTask task(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredAccountRowPurge(database, "counts of mails to invitees", QUERY, STATEMENT, Duration.ofDays(2),
				properties.purgeBatchSize());
	}

}
