package dev.latchkey.session;

import java.time.Duration;
import java.util.UUID;

import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores password resets in the database, whose clock decides about their expiry.
 */
class R2dbcPasswordResetStore implements PasswordResetStore {

	private final DatabaseClient database;

	private final Duration validity;

	R2dbcPasswordResetStore(DatabaseClient database, Duration validity) {
		this.database = database;
		this.validity = validity;
	}

	@Override
	public Mono<Void> insert(UserId user, UUID id) {
		return this.database.sql("""
				insert into password_reset (user_id, id, expires_at)
				values (:user, :id, now() + make_interval(secs => :seconds))
				""").bind("user", user.value()).bind("id", id).bind("seconds", Intervals.seconds(this.validity)).then();
	}

	@Override
	public Mono<State> find(UserId user, UUID id) {
		return this.database
			.sql("""
					select case when used_at is not null then 'USED' when expires_at <= now() then 'EXPIRED' else 'VALID' end
					           as state
					  from password_reset where user_id = :user and id = :id
					""")
			.bind("user", user.value())
			.bind("id", id)
			.map((row) -> State.valueOf(Columns.string(row, "state")))
			.one();
	}

	@Override
	public Mono<Boolean> use(UserId user, UUID id) {
		return this.database.sql("""
				with used as (
				    update password_reset set used_at = now()
				     where user_id = :user and id = :id and used_at is null and expires_at > now()
				    returning user_id),
				others as (
				    update password_reset r set used_at = now() from used u
				     where r.user_id = :user and r.user_id = u.user_id and r.id <> :id and r.used_at is null)
				select count(*) = 1 as was_valid from used
				""")
			.bind("user", user.value())
			.bind("id", id)
			.map((row) -> Columns.booleanValue(row, "was_valid"))
			.one();
	}

}
