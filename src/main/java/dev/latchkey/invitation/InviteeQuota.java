package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.observability.LimitCounter;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import reactor.core.publisher.Mono;

/**
 * Limits the mails from one account to one invitee. The first mail of a day is free; the
 * limit counts all further ones, both resends and new invitations after a revoked one.
 */
class InviteeQuota {

	/**
	 * The end of an insert into {@code invitee_quota as q} that counts one more mail, and
	 * returns no row if the limit is reached. A distributed database does not allow
	 * {@code now()} here, so the time comes from the inserted row.
	 */
	static final String COUNT_MAIL = """
			on conflict (account_id, mailbox) do update
			   set resends = case when excluded.window_start - q.window_start >= interval '1 day'
			                      then excluded.resends else q.resends + 1 end,
			       window_start = case when excluded.window_start - q.window_start >= interval '1 day'
			                           then excluded.window_start else q.window_start end
			 where excluded.window_start - q.window_start >= interval '1 day' or q.resends < :maxResends
			returning q.account_id
			""";

	/** The length of the window in which mails to one invitee are counted. */
	static final Duration WINDOW = Duration.ofDays(1);

	/** The name of the limit in the metrics. */
	static final String RESENDS = "resends";

	private final LimitStore store;

	private final LimitCounter hits;

	InviteeQuota(LimitStore store, LimitCounter hits) {
		this.store = store;
		this.hits = hits;
	}

	/**
	 * Requires that the account can send one more mail to the mailbox. A limit that is
	 * reached is counted in the metrics; the check does not write to the database.
	 * @return completes, or fails with {@link ProblemCode#LIMIT_REACHED} and the time
	 * until the window ends
	 */
	Mono<Void> requireMailBelowLimit(AccountId account, String mailbox) {
		return this.store.waitForMail(account, mailbox)
			.doOnNext((wait) -> this.hits.hit(RESENDS))
			.flatMap((wait) -> Mono.error(DomainException.of(ProblemCode.LIMIT_REACHED).retryAfter(wait)));
	}

}
