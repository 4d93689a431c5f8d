package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.latchkey.shared.SessionId;
import dev.latchkey.shared.UserId;
import dev.latchkey.testing.MovableClock;
import dev.latchkey.user.User;
import dev.latchkey.user.Users;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores sessions in memory, with the clock of the test. It counts how often a session
 * was read.
 */
final class InMemorySessionStore implements SessionStore {

	private final Users users;

	private final SessionProperties properties;

	private final MovableClock clock;

	private final Map<SessionToken, Row> rows = new HashMap<>();

	private final Map<SessionId, Instant> ends = new HashMap<>();

	private int reads;

	private int renewals;

	InMemorySessionStore(Users users, SessionProperties properties, MovableClock clock) {
		this.users = users;
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public Mono<Instant> insert(SessionToken token, UUID id, UserId user) {
		return Mono.fromSupplier(() -> {
			Instant expiresAt = this.clock.now().plus(this.properties.absoluteTimeout());
			this.rows.put(token, new Row(new SessionId(id), user, idleUntil(expiresAt), expiresAt));
			return expiresAt;
		});
	}

	@Override
	public Mono<FoundSession> find(SessionToken token) {
		return Mono.defer(() -> {
			this.reads++;
			return Mono.justOrEmpty(this.rows.get(token));
		}).filter(this::isOpen).flatMap((row) -> this.users.find(row.user()).map((user) -> found(row, user)));
	}

	@Override
	public Mono<Void> renew(SessionToken token) {
		return Mono.fromRunnable(() -> {
			this.renewals++;
			this.rows.computeIfPresent(token, (key, row) -> isOpen(row)
					? new Row(row.id(), row.user(), idleUntil(row.expiresAt()), row.expiresAt()) : row);
		});
	}

	@Override
	public Mono<Void> end(SessionId id, UserId user) {
		return Mono.fromRunnable(
				() -> end(this.rows.values().stream().filter((row) -> row.isOf(user) && row.id().equals(id)).toList()));
	}

	@Override
	public Flux<SessionId> endAll(UserId user) {
		return Flux.defer(() -> Flux.fromIterable(this.rows.values().stream().filter((row) -> row.isOf(user)).toList()))
			.doOnNext((row) -> end(List.of(row)))
			.map(Row::id);
	}

	@Override
	public Flux<SessionId> findRecentlyEnded() {
		return Flux.defer(() -> Flux.fromIterable(this.ends.entrySet()))
			.filter((end) -> end.getValue().isAfter(this.clock.now().minusSeconds(15)))
			.map(Map.Entry::getKey);
	}

	int reads() {
		return this.reads;
	}

	int renewals() {
		return this.renewals;
	}

	private void end(List<Row> ended) {
		this.rows.values().removeAll(ended);
		ended.forEach((row) -> this.ends.put(row.id(), this.clock.now()));
	}

	private boolean isOpen(Row row) {
		return row.idleUntil().isAfter(this.clock.now());
	}

	private Instant idleUntil(Instant expiresAt) {
		return earlier(expiresAt, this.clock.now().plus(this.properties.idleTimeout()));
	}

	private FoundSession found(Row row, User user) {
		Caller caller = new Caller(row.user(), row.id(), user.address(), user.name(), row.expiresAt(),
				Duration.between(this.clock.now(), row.expiresAt()));
		Instant current = this.clock.now().plus(this.properties.idleTimeout()).minus(Duration.ofMinutes(1));
		return new FoundSession(caller, row.idleUntil().isBefore(earlier(row.expiresAt(), current)));
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private record Row(SessionId id, UserId user, Instant idleUntil, Instant expiresAt) {

		boolean isOf(UserId owner) {
			return this.user.equals(owner);
		}

	}

}
