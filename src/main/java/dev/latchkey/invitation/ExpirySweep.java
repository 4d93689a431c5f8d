package dev.latchkey.invitation;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.database.Columns;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Marks invitations that ran out and writes the event that says so, in one transaction a
 * batch. Accounts that somebody else works on are skipped, so any number of replicas can
 * sweep at once.
 */
class ExpirySweep {

	private static final String DUE = """
			select distinct account_id
			  from (select account_id from invitation
			         where status = 'PENDING' and expires_at <= now() and account_id <> all(:busy)
			         order by expires_at
			         limit :batch) due
			""";

	private static final String LOCK_FREE = """
			with locked as (
			    select a.id from account a where a.id = any(:accounts) order by a.id for no key update skip locked),
			""";

	private static final String LOCK = """
			with locked as (
			    select a.id from account a where a.id = any(:accounts) order by a.id for no key update),
			""";

	private static final String MARK = """
			due as (
			    select i.account_id, i.id
			      from locked l join invitation i on i.account_id = l.id
			     where i.status = 'PENDING' and i.expires_at <= now()
			     order by i.expires_at
			     limit :batch),
			changed as (
			    update invitation i set status = 'EXPIRED', ended_at = i.expires_at
			      from due d
			     where i.account_id = d.account_id and i.id = d.id and i.status = 'PENDING' and i.expires_at <= now()
			    returning i.account_id, i.id, i.expires_at),
			numbered as (
			    select c.account_id, c.id,
			           row_number() over (partition by c.account_id order by c.expires_at, c.id) as place,
			           count(*) over (partition by c.account_id)::int as count
			      from changed c),
			bump as (
			    update account a
			       set feed_seq = a.feed_seq + n.count, pending_count = a.pending_count - n.count,
			           expired_count = a.expired_count + n.count
			      from numbered n
			     where n.place = 1 and a.id = n.account_id
			    returning a.id, a.feed_seq),
			logged as (
			    insert into account_event (account_id, seq, type, actor_kind, invitation_id)
			    select n.account_id, b.feed_seq - n.count + n.place, 'invitation.expired', 'SYSTEM', n.id
			      from numbered n join bump b on b.id = n.account_id)
			select n.account_id, n.count from numbered n where n.place = 1
			""";

	private final DatabaseClient database;

	private final Announcements announcements;

	private final int batch;

	ExpirySweep(DatabaseClient database, Announcements announcements, int batch) {
		this.database = database;
		this.announcements = announcements;
		this.batch = batch;
	}

	/**
	 * Marks whatever is due, batch after batch, until nothing is or others are at it.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep() {
		return Mono.defer(() -> {
			Set<UUID> busy = new HashSet<>();
			return sweepBatch(busy).expand((marked) -> sweepBatch(busy)).reduce(0L, Long::sum);
		});
	}

	/**
	 * Marks what is due in one account, after whoever is at work on it.
	 * @return how many invitations this call has marked
	 */
	Mono<Long> sweep(AccountId account) {
		return mark(LOCK, List.of(account.value())).reduce(0L, (sum, swept) -> sum + swept.count());
	}

	/**
	 * Marks a batch. Accounts in which nothing could be marked are somebody else's for
	 * now; they are left alone, or they would hide those that ran out later.
	 * @return empty if nothing is due but in busy accounts
	 */
	private Mono<Long> sweepBatch(Set<UUID> busy) {
		return dueAccounts(busy).collectList()
			.filter((accounts) -> !accounts.isEmpty())
			.flatMap((accounts) -> mark(LOCK_FREE, accounts).collectList().map((swept) -> {
				busy.addAll(accounts);
				swept.forEach((one) -> busy.remove(one.account().value()));
				return swept.stream().mapToLong(Swept::count).sum();
			}));
	}

	private Flux<UUID> dueAccounts(Set<UUID> busy) {
		return this.database.sql(DUE)
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("batch", this.batch)
			.map((row) -> Columns.uuid(row, "account_id"))
			.all();
	}

	private Flux<Swept> mark(String lock, Collection<UUID> accounts) {
		return this.database.sql(lock + MARK)
			.bind("accounts", accounts.toArray(UUID[]::new))
			.bind("batch", this.batch)
			.map((row) -> new Swept(new AccountId(Columns.uuid(row, "account_id")), Columns.number(row, "count")))
			.all()
			.collectList()
			// Not row by row: they come before the commit.
			.doOnNext((all) -> all.forEach((swept) -> this.announcements.expired(swept.account(), swept.count())))
			.flatMapIterable((all) -> all);
	}

	private record Swept(AccountId account, int count) {

	}

}
