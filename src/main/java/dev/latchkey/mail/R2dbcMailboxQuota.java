package dev.latchkey.mail;

import java.time.Duration;
import java.util.Optional;

import dev.latchkey.observability.LimitCounter;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Counts the mails of each mailbox in the database.
 */
class R2dbcMailboxQuota implements MailboxQuota {

	private final DatabaseClient database;

	private final LimitCounter limits;

	private final int maxMailsPerHour;

	R2dbcMailboxQuota(DatabaseClient database, LimitCounter limits, int maxMailsPerHour) {
		this.database = database;
		this.limits = limits;
		this.maxMailsPerHour = maxMailsPerHour;
	}

	@Override
	public Mono<Optional<Duration>> tryAcquire(String mailbox) {
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
			.bind("limit", this.maxMailsPerHour)
			.map((row) -> Optional.ofNullable(row.get("wait", Double.class)).map(R2dbcMailboxQuota::duration))
			.one()
			.doOnNext((wait) -> wait.ifPresent((excess) -> this.limits.hit("mailbox")));
	}

	/**
	 * If the hour of the mail has ended since, the count belongs to the next hour and can
	 * become one too low.
	 */
	@Override
	public Mono<Void> release(String mailbox) {
		return this.database.sql("update mailbox_quota set mails = mails - 1 where mailbox = :mailbox and mails > 0")
			.bind("mailbox", mailbox)
			.then();
	}

	private static Duration duration(double seconds) {
		return Duration.ofMillis((long) Math.ceil(Math.max(1, seconds) * 1000));
	}

}
