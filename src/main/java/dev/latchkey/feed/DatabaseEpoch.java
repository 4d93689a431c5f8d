package dev.latchkey.feed;

import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.reactive.Signal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The epoch of the database, as this replica last read it: a number that changes when the
 * database is replaced or restored, see {@link EventLog#epoch()}.
 */
class DatabaseEpoch {

	private static final long UNKNOWN = -1;

	private final EventLog log;

	private final AtomicLong lastSeen = new AtomicLong(UNKNOWN);

	private final Signal<Long> changes = new Signal<>();

	DatabaseEpoch(EventLog log) {
		this.log = log;
	}

	/**
	 * The epoch: read from the database at the first call, later kept up to date by
	 * {@link #refresh()}.
	 */
	Mono<Long> current() {
		return Mono.defer(() -> (this.lastSeen.get() == UNKNOWN) ? refresh() : Mono.just(this.lastSeen.get()));
	}

	/**
	 * Reads the epoch from the database.
	 */
	Mono<Long> refresh() {
		return this.log.epoch().doOnNext(this::update);
	}

	/**
	 * Emits the new epoch when it has changed: positions with another epoch are not valid
	 * any more.
	 */
	Flux<Long> changes() {
		return this.changes.asFlux();
	}

	private void update(long epoch) {
		long previous = this.lastSeen.getAndSet(epoch);
		if (previous != UNKNOWN && previous != epoch) {
			this.changes.emit(epoch);
		}
	}

}
