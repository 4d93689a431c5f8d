package dev.latchkey.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.shared.AccountId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The tails of the accounts that are watched on this replica. A tail lives as long as
 * anybody watches.
 */
class AccountTails {

	private static final Logger logger = LoggerFactory.getLogger(AccountTails.class);

	private static final int PAGE = 200;

	private static final Duration RETRY = Duration.ofSeconds(1);

	private final EventLog log;

	private final FrameEncoder encoder;

	private final DatabaseEpoch epoch;

	private final FeedMetrics metrics;

	private final Sinks.Empty<Void> lastLook = Sinks.empty();

	private final int capacity;

	private final Map<AccountId, Watched> watched = new ConcurrentHashMap<>();

	AccountTails(EventLog log, FrameEncoder encoder, DatabaseEpoch epoch, FeedMetrics metrics, int capacity) {
		this.log = log;
		this.encoder = encoder;
		this.epoch = epoch;
		this.metrics = metrics;
		this.capacity = capacity;
	}

	/**
	 * The account's tail, kept until {@link #leave} is called as often as this.
	 */
	AccountTail join(EventLog.Head head) {
		this.metrics.joined();
		return this.watched
			.compute(head.account(), (account, present) -> (present != null) ? present.joined() : open(head))
			.tail();
	}

	void leave(AccountId account) {
		this.metrics.left();
		this.watched.computeIfPresent(account, (id, present) -> present.left());
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
	 * Has all read on who are behind these heads.
	 */
	void compare(Collection<EventLog.Head> heads) {
		for (EventLog.Head head : heads) {
			Watched present = this.watched.get(head.account());
			if (present != null && present.tail().isBehind(head)) {
				present.tail().expect(head);
			}
		}
	}

	/**
	 * Says that the heads were compared after the replica's departure had begun.
	 */
	void lookedForTheLastTime() {
		this.lastLook.tryEmitEmpty();
	}

	/**
	 * Completes when all tails know how far they have to read before this replica goes.
	 */
	Mono<Void> lastLook() {
		return this.lastLook.asMono();
	}

	Collection<AccountId> accounts() {
		return this.watched.keySet();
	}

	private Watched open(EventLog.Head head) {
		AccountTail tail = new AccountTail(head, this.capacity);
		Disposable reading = tail.wakes()
			.onBackpressureLatest()
			.concatMap((wake) -> read(head.account(), tail), 1)
			.subscribe();
		// What was written between the reading of the head and now has woken nobody.
		tail.wake();
		return new Watched(tail, reading, 1);
	}

	private Mono<Void> read(AccountId account, AccountTail tail) {
		return readPage(account, tail).repeat().takeUntil((events) -> events < PAGE).then().onErrorResume((error) -> {
			logger.warn("The feed of account {} is read later: {}", account, error.toString());
			return Mono.delay(RETRY).doOnNext((tick) -> tail.wake()).then();
		});
	}

	private Mono<Integer> readPage(AccountId account, AccountTail tail) {
		return this.log.head(account)
			.zipWith(this.epoch.current())
			.flatMap((head) -> readPage(account, tail, head.getT1(), head.getT2()))
			.defaultIfEmpty(0);
	}

	private Mono<Integer> readPage(AccountId account, AccountTail tail, EventLog.Head head, long now) {
		long looked = System.nanoTime();
		return this.log.after(account, tail.head(), PAGE).collectList().doOnNext((page) -> {
			tail.append(page.stream().map((event) -> this.encoder.event(now, event)).toList(), head.owner());
			this.metrics.reached(page, head.readAt(), System.nanoTime() - looked);
		}).map(List::size);
	}

	/**
	 * A tail, what reads it, and how many watch it.
	 */
	private record Watched(AccountTail tail, Disposable reading, int watchers) {

		Watched joined() {
			return new Watched(this.tail, this.reading, this.watchers + 1);
		}

		@Nullable Watched left() {
			if (this.watchers > 1) {
				return new Watched(this.tail, this.reading, this.watchers - 1);
			}
			this.reading.dispose();
			return null;
		}

	}

}
