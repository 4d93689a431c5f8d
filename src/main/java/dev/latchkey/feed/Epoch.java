package dev.latchkey.feed;

import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The database's epoch as this replica last saw it.
 */
class Epoch {

	private static final long UNKNOWN = -1;

	private final EventLog log;

	private final AtomicLong seen = new AtomicLong(UNKNOWN);

	private final Sinks.Many<Long> changes = Sinks.many().multicast().directBestEffort();

	Epoch(EventLog log) {
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
		return this.changes.asFlux();
	}

	private void see(long epoch) {
		long before = this.seen.getAndSet(epoch);
		if (before != UNKNOWN && before != epoch) {
			this.changes.emitNext(epoch, (signal, result) -> result == Sinks.EmitResult.FAIL_NON_SERIALIZED);
		}
	}

}
