package dev.latchkey.invitation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.retention.AccountPurgeListener;
import dev.latchkey.retention.HeldLockRetry;
import dev.latchkey.retention.PurgeTask;
import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Deletes invitations that ended long ago, with the record of their mails, and subtracts
 * them from the account's counts. Their events stay and contain only the invitation's id.
 * An expired invitation that was resent in the meantime is not deleted: its row is
 * checked again under the account's lock.
 */
class InvitationPurge implements PurgeTask {

	/** The rows, as log messages name them. */
	static final String NAME = "invitations";

	private static final String QUERY = """
			select account_id, id from invitation
			 where ended_at <= now() - make_interval(secs => :age) and account_id <> all(:busy)
			 order by ended_at
			 limit :batch
			""";

	private static final String STATEMENT = """
			with locked as (
			    select a.id, a.accepted_count, a.declined_count, a.revoked_count, a.expired_count
			      from account a
			     where a.id = :account
			       for no key update skip locked),
			gone as (
			    delete from invitation i using locked l
			     where i.account_id = :account and i.account_id = l.id and i.id = any(:ids)
			       and i.status <> 'PENDING' and i.ended_at <= now() - make_interval(secs => :age)
			    returning i.id, i.reminder_id, i.status),
			attempts as (
			    delete from mail_attempt m using gone g where m.shard_id = :account and m.subject_id in (g.id, g.reminder_id)),
			mails as (
			    delete from outbox o using gone g where o.shard_id = :account and o.subject_id in (g.id, g.reminder_id)),
			counted as (
			    select (count(*) filter (where g.status = 'ACCEPTED'))::int as accepted,
			           (count(*) filter (where g.status = 'DECLINED'))::int as declined,
			           (count(*) filter (where g.status = 'REVOKED'))::int as revoked,
			           (count(*) filter (where g.status = 'EXPIRED'))::int as expired, count(*) as dropped
			      from gone g),
			bump as (
			    update account a
			       set accepted_count = l.accepted_count - c.accepted, declined_count = l.declined_count - c.declined,
			           revoked_count = l.revoked_count - c.revoked, expired_count = l.expired_count - c.expired
			      from locked l cross join counted c
			     where a.id = :account and a.id = l.id)
			select c.dropped from locked cross join counted c
			""";

	private final DatabaseClient database;

	private final Duration age;

	private final int batchSize;

	private final AccountPurgeListener listener;

	InvitationPurge(DatabaseClient database, Duration age, int batchSize, AccountPurgeListener listener) {
		this.database = database;
		this.age = age;
		this.batchSize = batchSize;
		this.listener = listener;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Flux<Long> purge() {
		return Flux.defer(() -> {
			Set<UUID> busy = new HashSet<>();
			return purgeRound(busy).expand((batches) -> purgeRound(busy))
				.concatMapIterable((batches) -> batches)
				.filter((deleted) -> deleted > 0);
		});
	}

	/**
	 * Deletes one batch of the due invitations, account by account. An account in which
	 * nothing could be deleted is locked; it is added to the busy accounts.
	 * @return the number of rows in each account, or empty if only busy accounts have due
	 * invitations
	 */
	private Mono<List<Long>> purgeRound(Set<UUID> busy) {
		return dueIds(busy).flatMapMany((accounts) -> Flux.fromIterable(accounts.entrySet()))
			.concatMap((due) -> purgeAccount(new AccountId(due.getKey()), due.getValue(), busy))
			.collectList()
			.filter((batches) -> !batches.isEmpty());
	}

	private Mono<Long> purgeAccount(AccountId account, Collection<UUID> ids, Set<UUID> busy) {
		return HeldLockRetry.whileHeld(purgeBatch(account, ids)).defaultIfEmpty(0L).delayUntil((deleted) -> {
			if (deleted == 0) {
				busy.add(account.value());
				return Mono.empty();
			}
			return this.listener.afterPurge(account);
		});
	}

	private Mono<Long> purgeBatch(AccountId account, Collection<UUID> ids) {
		return this.database.sql(STATEMENT)
			.bind("account", account.value())
			.bind("ids", ids.toArray(UUID[]::new))
			.bind("age", Intervals.seconds(this.age))
			.map((row) -> Columns.longValue(row, "dropped"))
			.one();
	}

	private Mono<Map<UUID, Collection<UUID>>> dueIds(Set<UUID> busy) {
		return this.database.sql(QUERY)
			.bind("age", Intervals.seconds(this.age))
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("batch", this.batchSize)
			.map((row) -> Map.entry(Columns.uuid(row, "account_id"), Columns.uuid(row, "id")))
			.all()
			.collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
	}

}
