package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * How often an account may write to one invitee: the first mail of a day is free, further
 * ones count, whether they are resends or new invitations after a revoked one.
 */
class InviteeQuota {

	/**
	 * The part of an insert into {@code invitee_quota as q} that counts a further mail,
	 * or returns no row if there were too many. A distributed database takes no
	 * {@code now()} in it: what is inserted brings the time.
	 */
	static final String COUNT_ONE_MORE = """
			    on conflict (account_id, mailbox) do update
			       set resends = case when excluded.window_start - q.window_start >= interval '1 day'
			                          then excluded.resends else q.resends + 1 end,
			           window_start = case when excluded.window_start - q.window_start >= interval '1 day'
			                               then excluded.window_start else q.window_start end
			     where excluded.window_start - q.window_start >= interval '1 day' or q.resends < :maxResends
			    returning q.account_id
			""";

	/** How long mails to one invitee are counted. */
	static final Duration WINDOW = Duration.ofDays(1);

	/** The limit's name in the metrics. */
	static final String RESENDS = "resends";

	private final DatabaseClient database;

	private final LimitCounter limits;

	InviteeQuota(DatabaseClient database, LimitCounter limits) {
		this.database = database;
		this.limits = limits;
	}

	/**
	 * How long the invitee is to be spared.
	 * @return the wait, or empty if a mail may go
	 */
	Mono<Duration> exhausted(AccountId account, String mailbox, int maxResends) {
		return this.database.sql("""
				select extract(epoch from window_start + interval '1 day' - now())::float8 as wait
				  from invitee_quota
				 where account_id = :account and mailbox = :mailbox and resends >= :maxResends
				   and window_start > now() - interval '1 day'
				""")
			.bind("account", account.value())
			.bind("mailbox", mailbox)
			.bind("maxResends", maxResends)
			.map((row) -> Duration.ofSeconds((long) Math.ceil(Columns.doubleValue(row, "wait"))))
			.one()
			.doOnNext((wait) -> this.limits.hit(RESENDS));
	}

}
