package dev.latchkey.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.latchkey.shared.UserId;
import dev.latchkey.testing.MovableClock;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stores password resets in memory, with the clock of the test.
 */
final class InMemoryPasswordResetStore implements PasswordResetStore {

	private final MovableClock clock;

	private final Duration validity;

	private final List<Row> rows = new ArrayList<>();

	InMemoryPasswordResetStore(MovableClock clock, Duration validity) {
		this.clock = clock;
		this.validity = validity;
	}

	@Override
	public Mono<Void> insert(UserId user, UUID id) {
		return Mono.fromRunnable(() -> this.rows.add(new Row(user, id, this.clock.now().plus(this.validity), false)));
	}

	@Override
	public Mono<State> find(UserId user, UUID id) {
		return Flux.defer(() -> Flux.fromIterable(this.rows))
			.filter((row) -> row.user().equals(user) && row.id().equals(id))
			.next()
			.map(this::state);
	}

	@Override
	public Mono<Boolean> use(UserId user, UUID id) {
		return find(user, id).map((state) -> state == State.VALID)
			.defaultIfEmpty(false)
			.doOnNext(
					(valid) -> this.rows.replaceAll((row) -> (valid && row.user().equals(user)) ? row.asUsed() : row));
	}

	private State state(Row row) {
		if (row.used()) {
			return State.USED;
		}
		return this.clock.now().isBefore(row.expiresAt()) ? State.VALID : State.EXPIRED;
	}

	private record Row(UserId user, UUID id, Instant expiresAt, boolean used) {

		Row asUsed() {
			return new Row(this.user, this.id, this.expiresAt, true);
		}

	}

}
