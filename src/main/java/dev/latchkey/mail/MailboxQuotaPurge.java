package dev.latchkey.mail;

import java.time.Duration;

import dev.latchkey.retention.ExpiredRowPurge;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.retention.RetentionProperties;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes counts of mails to a mailbox in windows that have ended. They are kept for
 * longer than a window lasts, so that no count disappears between two statements that
 * read it.
 */
final class MailboxQuotaPurge {

	private static final String STATEMENT = """
			with gone as (
			    delete from mailbox_quota where mailbox in (
			        select mailbox from mailbox_quota where window_start <= now() - make_interval(secs => :age)
			         limit :batch)
			    returning 1)
			select count(*) as dropped from gone
			""";

	private MailboxQuotaPurge() {
	}

	static PurgeTask task(DatabaseClient database, RetentionProperties properties) {
		return new ExpiredRowPurge(database, "counts of mails to mailboxes", STATEMENT, Duration.ofHours(2),
				properties.purgeBatchSize());
	}

}
