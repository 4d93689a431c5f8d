package dev.latchkey.feed;

import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.reactive.Signal;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The database's epoch as this replica last saw it.
 */
class DatabaseEpoch {

	private static final long UNKNOWN = -1;

	private final EventLog log;

	private final AtomicLong seen = new AtomicLong(UNKNOWN);

	private final Signal<Long> changes = new Signal<>();

	DatabaseEpoch(EventLog log) {
		this.log = log;
	}

	/**
	 * The epoch; read once, then kept up to date by {@link #refresh()}.
	 */
	Mono<Long> current() {
		return Mono.defer(() -> (this.seen.get() == UNKNOWN) ? refresh() : Mono.just(this.seen.get()));
	}

	Mono<Long> refresh() {
		return this.log.epoch().doOnNext(this::see);
	}

	/**
	 * Emits when the database has become another: what was read from it before is no
	 * longer its past.
	 */
	Flux<Long> changes() {
		return this.changes.words();
	}

	private void see(long epoch) {
		long before = this.seen.getAndSet(epoch);
		if (before != UNKNOWN && before != epoch) {
			this.changes.say(epoch);
		}
	}

}
