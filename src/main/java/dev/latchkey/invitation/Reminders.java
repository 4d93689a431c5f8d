package dev.latchkey.invitation;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.IdGenerator;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Orders one more mail for invitations that are about to run out unanswered, once for
 * each link. Looking for them takes no lock; they are ordered account by account, and an
 * account that somebody else works on is left for the next round, so any number of
 * replicas can do so at once.
 */
class Reminders {

	/** How many are ordered in one transaction. */
	static final int BATCH = 100;

	/**
	 * Whoever has less time than twice the notice was told a moment ago; a mail that has
	 * not left, or was refused, needs no second one.
	 */
	private static final String DUE = """
			i.status = 'PENDING' and i.reminded_version < i.token_version and i.delivery_status = 'SENT'
			and i.expires_at > now() and i.expires_at <= now() + make_interval(secs => :notice)
			and i.expires_at - i.issued_at >= make_interval(secs => :notice) * 2
			""";

	private static final String ACCOUNTS = "select distinct i.account_id from invitation i where " + DUE
			+ " limit 1000";

	private static final String REMIND = """
			with locked as (
			    select a.id from account a where a.id = :account for no key update skip locked),
			due as (
			    select d.account_id, d.id, d.reminder_id, row_number() over (order by d.expires_at, d.id) as place
			      from (select i.account_id, i.id, i.expires_at, i.reminder_id
			              from locked l join invitation i on i.account_id = l.id
			             where i.account_id = :account and
			""" + DUE + """
			             order by i.expires_at
			             limit :batch) d),
			changed as (
			    update invitation i
			       set reminded_version = i.token_version, reminder_id = (cast(:reminders as uuid[]))[d.place]
			      from due d
			     where i.account_id = d.account_id and i.account_id = :account and i.id = d.id and
			""" + DUE
			+ """
					    returning i.account_id, i.id, i.reminder_id, i.token_version, i.send_count, d.place, d.reminder_id as before),
					forgotten as (
					    delete from mail_attempt m using changed c
					     where m.shard_id = :account and m.subject_id = c.before),
					numbered as (
					    select c.*, row_number() over (order by c.place) as nth, count(*) over () as count from changed c),
					bump as (
					    update account a set feed_seq = a.feed_seq + n.count
					      from numbered n
					     where a.id = :account and n.nth = 1 and a.id = n.account_id
					    returning a.id, a.feed_seq),
					logged as (
					    insert into account_event (account_id, seq, type, actor_kind, invitation_id, send_count)
					    select n.account_id, b.feed_seq - n.count + n.nth, 'invitation.reminded', 'SYSTEM', n.id, n.send_count
					      from numbered n join bump b on b.id = n.account_id),
					queued as (
					    insert into outbox (shard_id, id, topic, subject_id, version)
					    select n.account_id, (cast(:mails as uuid[]))[n.nth], 'reminder', n.reminder_id, n.token_version
					      from numbered n)
					select count(*) as ordered from numbered
					""";

	private final DatabaseClient database;

	private final IdGenerator ids;

	private final InvitationNotifier notifier;

	private final Duration notice;

	/**
	 * Prepares them.
	 * @param notice how long before their end, zero for never
	 */
	Reminders(DatabaseClient database, IdGenerator ids, InvitationNotifier notifier, Duration notice) {
		this.database = database;
		this.ids = ids;
		this.notifier = notifier;
		this.notice = notice;
	}

	/**
	 * Orders whatever is due.
	 * @return how many this call has ordered
	 */
	Mono<Long> remind() {
		if (this.notice.isZero()) {
			return Mono.just(0L);
		}
		return accounts().collectList().flatMapMany(Flux::fromIterable).concatMap(this::remind).reduce(0L, Long::sum);
	}

	private Flux<AccountId> accounts() {
		return this.database.sql(ACCOUNTS)
			.bind("notice", InvitationStore.seconds(this.notice))
			.map((row) -> new AccountId(Columns.uuid(row, "account_id")))
			.all();
	}

	private Mono<Long> remind(AccountId account) {
		return remindSome(account).expand((ordered) -> (ordered == BATCH) ? remindSome(account) : Mono.empty())
			.reduce(0L, Long::sum);
	}

	private Mono<Long> remindSome(AccountId account) {
		return Mono.defer(() -> this.database.sql(REMIND)
			.bind("account", account.value())
			.bind("notice", InvitationStore.seconds(this.notice))
			.bind("batch", BATCH)
			.bind("reminders", newIds())
			.bind("mails", newIds())
			.map((row) -> Columns.longValue(row, "ordered"))
			.one()
			.doOnNext((ordered) -> announce(account, ordered)));
	}

	private void announce(AccountId account, long ordered) {
		if (ordered > 0) {
			this.notifier.reminded(account, (int) ordered);
		}
	}

	private UUID[] newIds() {
		return Stream.generate(this.ids).limit(BATCH).toArray(UUID[]::new);
	}

}
