package dev.latchkey.feed;

import java.util.List;

import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.AccountId;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;

/**
 * Reads the log for watchers that are too far behind for the tail, a few at a time, so
 * that a crowd of them leaves the database to everybody else.
 */
class HistoryReader {

	private static final int PAGE = 100;

	private final EventLog log;

	private final FrameEncoder encoder;

	private final InstrumentedPool<Boolean> turns;

	HistoryReader(EventLog log, FrameEncoder encoder, int atOnce) {
		this.log = log;
		this.encoder = encoder;
		this.turns = PoolBuilder.from(Mono.just(true)).sizeBetween(0, atOnce).buildPool();
	}

	/**
	 * The next page behind a place, as soon as it is this watcher's turn.
	 */
	Mono<List<SseFrame>> after(AccountId account, long place, long epoch) {
		Mono<List<SseFrame>> page = this.log.after(account, place, PAGE)
			.map((event) -> this.encoder.event(epoch, event))
			.collectList();
		// Asked for at once, whether the watcher has room or not: who does not read must
		// not hold a turn.
		return Uncancellable.of(this.turns.withPoolable((turn) -> page).last());
	}

}
