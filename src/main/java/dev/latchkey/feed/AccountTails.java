package dev.latchkey.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.outage.Outages;
import dev.latchkey.outage.TaskFailures;
import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The tails of the accounts that are watched on this replica. A tail exists as long as
 * the account has at least one watcher.
 */
class AccountTails {

	private static final int PAGE = 200;

	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final EventLog log;

	private final FrameEncoder encoder;

	private final DatabaseEpoch epoch;

	private final FeedMetrics metrics;

	private final TaskFailures failures;

	private final Sinks.Empty<Void> finalPoll = Sinks.empty();

	private final int capacity;

	private final Map<AccountId, Watched> watched = new ConcurrentHashMap<>();

	AccountTails(EventLog log, FrameEncoder encoder, DatabaseEpoch epoch, FeedMetrics metrics, int capacity,
			Outages outages) {
		this.log = log;
		this.encoder = encoder;
		this.epoch = epoch;
		this.metrics = metrics;
		this.capacity = capacity;
		this.failures = outages.ofItems("Reading the feed of a watched account");
	}

	/**
	 * Adds a watcher to an account's tail. Every call needs a call of {@link #leave}.
	 */
	AccountTail join(EventLog.Head head) {
		this.metrics.watcherJoined();
		return this.watched
			.compute(head.account(), (account, present) -> (present != null) ? present.withWatcher() : open(head))
			.tail();
	}

	void leave(AccountId account) {
		this.metrics.watcherLeft();
		this.watched.computeIfPresent(account, (id, present) -> present.withoutWatcher());
	}

	void wake(AccountId account) {
		Watched present = this.watched.get(account);
		if (present != null) {
			present.tail().wake();
		}
	}

	void wakeAll() {
		this.watched.values().forEach((present) -> present.tail().wake());
	}

	/**
	 * Makes every tail that does not contain the newest events of its head read on.
	 */
	void wakeTailsBehind(Collection<EventLog.Head> heads) {
		for (EventLog.Head head : heads) {
			Watched present = this.watched.get(head.account());
			if (present != null && present.tail().isBehind(head)) {
				present.tail().readUpTo(head);
			}
		}
	}

	/**
	 * Records that the heads were compared after the replica had started closing.
	 */
	void completeFinalPoll() {
		this.finalPoll.tryEmitEmpty();
	}

	/**
	 * Completes when all tails know how far they have to read before this replica stops.
	 */
	Mono<Void> finalPoll() {
		return this.finalPoll.asMono();
	}

	Collection<AccountId> watchedAccounts() {
		return this.watched.keySet();
	}

	private Watched open(EventLog.Head head) {
		AccountTail tail = new AccountTail(head, this.capacity);
		Disposable reader = tail.wakeSignals()
			.onBackpressureLatest()
			.concatMap((wake) -> read(head.account(), tail), 1)
			.subscribe();
		// Events that were written after the head was read have not woken this tail.
		tail.wake();
		return new Watched(tail, reader, 1);
	}

	private Mono<Void> read(AccountId account, AccountTail tail) {
		return readPage(account, tail).repeat()
			.takeUntil((events) -> events < PAGE)
			.then()
			.doOnSuccess((read) -> this.failures.succeeded())
			.doOnError((error) -> this.failures.failed(error, "account " + account))
			.onErrorResume((error) -> Mono.delay(RETRY_DELAY).doOnNext((tick) -> tail.wake()).then());
	}

	private Mono<Integer> readPage(AccountId account, AccountTail tail) {
		return this.log.head(account)
			.zipWith(this.epoch.current())
			.flatMap((head) -> readPage(account, tail, head.getT1(), head.getT2()))
			.defaultIfEmpty(0);
	}

	private Mono<Integer> readPage(AccountId account, AccountTail tail, EventLog.Head head, long epoch) {
		long started = System.nanoTime();
		return this.log.after(account, tail.head(), PAGE).collectList().doOnNext((page) -> {
			tail.append(page.stream().map((event) -> this.encoder.event(epoch, event)).toList(), head.owner());
			this.metrics.recordLag(page, head.readAt(), System.nanoTime() - started);
		}).map(List::size);
	}

	/**
	 * A tail, the subscription that reads its events, and the number of its watchers.
	 */
	private record Watched(AccountTail tail, Disposable reader, int watchers) {

		Watched withWatcher() {
			return new Watched(this.tail, this.reader, this.watchers + 1);
		}

		/**
		 * Null, with the reader stopped, if it was the last watcher.
		 */
		@Nullable Watched withoutWatcher() {
			if (this.watchers > 1) {
				return new Watched(this.tail, this.reader, this.watchers - 1);
			}
			this.reader.dispose();
			return null;
		}

	}

}
