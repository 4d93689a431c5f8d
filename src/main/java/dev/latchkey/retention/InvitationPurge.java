package dev.latchkey.retention;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.latchkey.shared.AccountId;
import dev.latchkey.sql.Columns;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Drops invitations that ended long ago, with the record of their mails, and counts them
 * no longer. Their events stay and tell their id alone. An expired one that is resent in
 * between is not dropped: the row decides, under the account's lock.
 */
class InvitationPurge implements PurgeTask {

	private static final String DUE = """
			select account_id, id from invitation
			 where ended_at <= now() - make_interval(secs => :age) and account_id <> all(:busy)
			 order by ended_at
			 limit :batch
			""";

	private static final String DROP = """
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

	private final int batch;

	private final OrphanedPersonPurge people;

	InvitationPurge(DatabaseClient database, Duration age, int batch, OrphanedPersonPurge people) {
		this.database = database;
		this.age = age;
		this.batch = batch;
		this.people = people;
	}

	@Override
	public String name() {
		return "invitations";
	}

	@Override
	public Flux<Long> drop() {
		return Flux.defer(() -> {
			Set<UUID> busy = new HashSet<>();
			return round(busy).expand((batches) -> round(busy))
				.concatMapIterable((batches) -> batches)
				.filter((dropped) -> dropped > 0);
		});
	}

	/**
	 * Drops one batch of what is due, account by account. Accounts in which nothing could
	 * be dropped are somebody else's for now.
	 * @return how many went in each account, or empty if nothing is due but in busy ones
	 */
	private Mono<List<Long>> round(Set<UUID> busy) {
		return due(busy).flatMapMany((accounts) -> Flux.fromIterable(accounts.entrySet()))
			.concatMap((due) -> drop(new AccountId(due.getKey()), due.getValue(), busy))
			.collectList()
			.filter((batches) -> !batches.isEmpty());
	}

	private Mono<Long> drop(AccountId account, Collection<UUID> ids, Set<UUID> busy) {
		return HeldLockRetry
			.with(this.database.sql(DROP)
				.bind("account", account.value())
				.bind("ids", ids.toArray(UUID[]::new))
				.bind("age", seconds())
				.map((row) -> Columns.longValue(row, "dropped"))
				.one())
			.defaultIfEmpty(0L)
			.delayUntil((dropped) -> {
				if (dropped == 0) {
					busy.add(account.value());
					return Mono.empty();
				}
				return this.people.forget(account);
			});
	}

	private Mono<Map<UUID, Collection<UUID>>> due(Set<UUID> busy) {
		return this.database.sql(DUE)
			.bind("age", seconds())
			.bind("busy", busy.toArray(UUID[]::new))
			.bind("batch", this.batch)
			.map((row) -> Map.entry(Columns.uuid(row, "account_id"), Columns.uuid(row, "id")))
			.all()
			.collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private double seconds() {
		return this.age.toSeconds();
	}

}
