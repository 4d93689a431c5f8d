package dev.latchkey.feed;

import java.util.List;

import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;

/**
 * Reads older events from the database, for watchers whose position is older than the
 * tail in memory. Only a few reads run at the same time, so that many such watchers do
 * not occupy the database.
 */
class HistoryReader {

	private static final int PAGE = 100;

	private final EventLog log;

	private final FrameEncoder encoder;

	private final InstrumentedPool<Boolean> readers;

	HistoryReader(EventLog log, FrameEncoder encoder, int maxReaders) {
		this.log = log;
		this.encoder = encoder;
		this.readers = PoolBuilder.from(Mono.just(true)).sizeBetween(0, maxReaders).buildPool();
	}

	/**
	 * Reads the next page of events after a position, as soon as a reader is free.
	 */
	Mono<List<SseFrame>> after(AccountId account, long seq, long epoch) {
		Mono<List<SseFrame>> page = this.log.after(account, seq, PAGE)
			.map((event) -> this.encoder.event(epoch, event))
			.collectList();
		// Requested without regard to the watcher's demand: a watcher that does not read
		// must not occupy a reader.
		return Uncancellable.of(this.readers.withPoolable((reader) -> page).last());
	}

}
