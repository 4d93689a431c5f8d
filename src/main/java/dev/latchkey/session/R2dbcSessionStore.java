package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import dev.latchkey.shared.EmailAddress;
import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.sql.Columns;
import dev.latchkey.sql.Intervals;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/**
 * Stores sessions in the database, whose clock decides about their end. The statement
 * that deletes an ended session also records its end for the other replicas.
 */
class R2dbcSessionStore implements SessionStore {

	private final DatabaseClient database;

	private final SessionProperties properties;

	R2dbcSessionStore(DatabaseClient database, SessionProperties properties) {
		this.database = database;
		this.properties = properties;
	}

	@Override
	public Mono<Instant> insert(SessionToken token, UUID id, UserId user) {
		return this.database
			.sql("""
					insert into session (token_hash, id, user_id, idle_until, expires_at)
					values (:hash, :id, :user, now() + make_interval(secs => :idle), now() + make_interval(secs => :absolute))
					returning expires_at
					""")
			.bind("hash", token.hash())
			.bind("id", id)
			.bind("user", user.value())
			.bind("idle", Intervals.seconds(this.properties.idleTimeout()))
			.bind("absolute", Intervals.seconds(this.properties.absoluteTimeout()))
			.map((row) -> Columns.instant(row, "expires_at"))
			.one();
	}

	@Override
	public Mono<FoundSession> find(SessionToken token) {
		return this.database.sql("""
				select s.id, s.user_id, s.expires_at, extract(epoch from s.expires_at - now())::float8 as remaining,
				       u.email, u.canonical_email, u.name,
				       s.idle_until < least(s.expires_at, now() + make_interval(secs => :idle) - interval '1 minute')
				           as needs_renewal
				  from session s join users u on u.id = s.user_id
				 where s.token_hash = :hash and s.idle_until > now() and s.expires_at > now()
				""")
			.bind("hash", token.hash())
			.bind("idle", Intervals.seconds(this.properties.idleTimeout()))
			.map((row) -> new FoundSession(caller(row), Columns.booleanValue(row, "needs_renewal")))
			.one();
	}

	@Override
	public Mono<Void> renew(SessionToken token) {
		return this.database.sql("""
				update session set idle_until = least(expires_at, now() + make_interval(secs => :idle))
				 where token_hash = :hash and idle_until > now() and expires_at > now()
				""").bind("hash", token.hash()).bind("idle", Intervals.seconds(this.properties.idleTimeout())).then();
	}

	@Override
	public Mono<Void> end(SessionId id, UserId user) {
		return this.database.sql("""
				with ended as (delete from session where user_id = :user and id = :id returning id)
				insert into session_end (session_id) select id from ended on conflict do nothing
				""").bind("user", user.value()).bind("id", id.value()).then();
	}

	@Override
	public Flux<SessionId> endAll(UserId user) {
		return this.database.sql("""
				with ended as (delete from session where user_id = :user returning id)
				insert into session_end (session_id) select id from ended on conflict do nothing returning session_id
				""").bind("user", user.value()).map((row) -> new SessionId(Columns.uuid(row, "session_id"))).all();
	}

	@Override
	public Flux<SessionId> findRecentlyEnded() {
		return this.database.sql("select session_id from session_end where at > now() - interval '15 seconds'")
			.map((row) -> new SessionId(Columns.uuid(row, "session_id")))
			.all();
	}

	private static Caller caller(Readable row) {
		return new Caller(new UserId(Columns.uuid(row, "user_id")), new SessionId(Columns.uuid(row, "id")),
				new EmailAddress(Columns.string(row, "email"), Columns.string(row, "canonical_email")),
				Columns.string(row, "name"), Columns.instant(row, "expires_at"),
				Duration.ofMillis((long) (Columns.doubleValue(row, "remaining") * 1000)));
	}

}
