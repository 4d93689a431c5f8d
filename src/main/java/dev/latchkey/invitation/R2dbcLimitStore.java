package dev.latchkey.invitation;

import java.time.Duration;

import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.InvitationId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Reads the used limits from PostgreSQL.
 */
class R2dbcLimitStore implements LimitStore {

	private static final String HAS_MAX_PENDING = """
			select a.pending_count - (select count(*) from invitation i where i.account_id = :account and %s)
			       >= coalesce(a.max_pending, :maxPending) as reached
			  from account a
			 where a.id = :account
			""".formatted(InvitationSql.OVERDUE);

	private final DatabaseClient database;

	private final InvitationProperties properties;

	R2dbcLimitStore(DatabaseClient database, InvitationProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	@Override
	public Mono<Boolean> isPendingLimitReached(AccountId account) {
		return this.database.sql(HAS_MAX_PENDING)
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.map((row) -> Columns.booleanValue(row, "reached"))
			.one();
	}

	@Override
	public Mono<Boolean> isPendingCounterFull(AccountId account) {
		return this.database.sql("""
				select pending_count >= coalesce(max_pending, :maxPending) as is_full
				  from account
				 where id = :account
				""")
			.bind("account", account.value())
			.bind("maxPending", this.properties.maxPending())
			.map((row) -> Columns.booleanValue(row, "is_full"))
			.one();
	}

	@Override
	public Mono<Duration> waitForCreation(AccountId account) {
		return this.database.sql("""
				select extract(epoch from creation_window + interval '1 day' - now())::float8 as wait
				  from account
				 where id = :account and creation_window > now() - interval '1 day'
				   and creation_count >= coalesce(max_creations_per_day, :maxCreations)
				""")
			.bind("account", account.value())
			.bind("maxCreations", this.properties.maxCreationsPerDay())
			.map(R2dbcLimitStore::toWait)
			.one();
	}

	@Override
	public Mono<Duration> waitForCooldown(AccountId account, InvitationId id) {
		return this.database.sql("""
				select extract(epoch from issued_at + make_interval(secs => :cooldown) - now())::float8 as wait
				  from invitation
				 where account_id = :account and id = :id and issued_at > now() - make_interval(secs => :cooldown)
				""")
			.bind("account", account.value())
			.bind("id", id.value())
			.bind("cooldown", Intervals.seconds(this.properties.resendCooldown()))
			.map(R2dbcLimitStore::toWait)
			.one();
	}

	@Override
	public Mono<Duration> waitForMail(AccountId account, String mailbox) {
		return this.database.sql("""
				select extract(epoch from window_start + interval '1 day' - now())::float8 as wait
				  from invitee_quota
				 where account_id = :account and mailbox = :mailbox and resends >= :maxResends
				   and window_start > now() - interval '1 day'
				""")
			.bind("account", account.value())
			.bind("mailbox", mailbox)
			.bind("maxResends", this.properties.maxResendsPerDay())
			.map(R2dbcLimitStore::toWait)
			.one();
	}

	private static Duration toWait(Readable row) {
		return Duration.ofSeconds((long) Math.ceil(Columns.doubleValue(row, "wait")));
	}

}
