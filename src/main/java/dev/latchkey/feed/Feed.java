package dev.latchkey.feed;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.latchkey.reactive.Uncancellable;
import dev.latchkey.shared.AccountId;
import dev.latchkey.shared.DomainException;
import dev.latchkey.shared.ProblemCode;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * An account's log, live: every event once, in order, from exactly where the watcher left
 * off.
 */
public class Feed {

	private final EventLog log;

	private final HistoryReader historyReader;

	private final AccountTails tails;

	private final FrameEncoder encoder;

	private final DatabaseEpoch epoch;

	private final ReplicaNotifications notifications;

	Feed(EventLog log, HistoryReader historyReader, AccountTails tails, FrameEncoder encoder, DatabaseEpoch epoch,
			ReplicaNotifications notifications) {
		this.log = log;
		this.historyReader = historyReader;
		this.tails = tails;
		this.encoder = encoder;
		this.epoch = epoch;
		this.notifications = notifications;
	}

	/**
	 * Tells all replicas' watchers that the account's log has grown. Call it after the
	 * commit; it never fails and never waits.
	 */
	public void grew(AccountId account) {
		this.tails.wake(account);
		this.notifications.tell(account);
	}

	/**
	 * The position that belongs to a number of an account's log.
	 */
	public Mono<FeedPosition> position(long seq) {
		return this.epoch.current().map((now) -> new FeedPosition(now, seq));
	}

	/**
	 * Where an account's log stands now.
	 * @return the position, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<FeedPosition> head(AccountId account) {
		return this.log.head(account)
			.switchIfEmpty(Mono.error(DomainException::notFound))
			.flatMap((head) -> position(head.seq()));
	}

	/**
	 * Watches an account as its owner.
	 * @param after the cursor to resume from, empty to begin now
	 * @param turn when to end, as soon as nothing is left that the watcher doesn't know
	 * @return frames; completes when it is time, the account changes hands or the
	 * database's epoch changes
	 */
	public Flux<SseFrame> watch(AccountId account, UserId viewer, Optional<FeedPosition> after, Mono<Void> turn) {
		return Uncancellable.of(this.log.head(account))
			.filter((head) -> head.owner().equals(viewer))
			.switchIfEmpty(Mono.error(DomainException.notFound()))
			.zipWith(this.epoch.current())
			.flatMapMany((now) -> watch(now.getT1(), now.getT2(), after, turn));
	}

	private Flux<SseFrame> watch(EventLog.Head head, long now, Optional<FeedPosition> after, Mono<Void> turn) {
		FeedPosition present = new FeedPosition(now, head.seq());
		Flux<SseFrame> opening = after.isEmpty() ? Flux.just(this.encoder.start(present)) : Flux.empty();
		boolean honoured = after.isEmpty() || (after.get().epoch() == now && after.get().seq() <= head.seq());
		long from = honoured ? after.map(FeedPosition::seq).orElse(head.seq()) : head.seq();
		return Flux.concat(honoured ? opening : Flux.just(this.encoder.reset(present)), follow(head, now, from, turn))
			.takeUntilOther(this.epoch.changes());
	}

	private Flux<SseFrame> follow(EventLog.Head head, long now, long from, Mono<Void> turn) {
		// One for each watcher: a sink that all share would be searched for each event.
		Sinks.Empty<Void> time = Sinks.empty();
		return Flux
			.using(() -> this.tails.join(head), (tail) -> follow(tail, head, now, from, time.asMono()),
					(tail) -> this.tails.leave(head.account()))
			.takeUntilOther(
					turn.then(this.tails.lastLook()).doOnSuccess((come) -> time.tryEmitEmpty()).then(Mono.never()));
	}

	/**
	 * Takes batch after batch, each behind the one before, and no more than the watcher
	 * has room for.
	 */
	private Flux<SseFrame> follow(AccountTail tail, EventLog.Head head, long now, long from, Mono<Void> time) {
		AtomicLong place = new AtomicLong(from);
		tail.meet(head);
		if (tail.isBehind(head)) {
			tail.wake();
		}
		Mono<AccountTail.Batch> over = time
			.then(Mono.defer(() -> tail.goesBeyond(place.get()) ? Mono.never() : Mono.just(AccountTail.Batch.OVER)));
		return Mono.defer(() -> Mono.firstWithSignal(next(tail, head, now, place.get()), over))
			.doOnNext((batch) -> batch.frames().forEach((frame) -> place.set(frame.seq())))
			.repeat()
			.takeWhile((batch) -> batch.owner().equals(head.owner()))
			.concatMapIterable(AccountTail.Batch::frames, 1);
	}

	private Mono<AccountTail.Batch> next(AccountTail tail, EventLog.Head head, long now, long place) {
		return tail.after(place, head.owner())
			.switchIfEmpty(Mono.defer(() -> this.historyReader.after(head.account(), place, now)
				.map((page) -> new AccountTail.Batch(orReset(page, place, tail, now), tail.owner()))));
	}

	/**
	 * A gap in the log can only be history that is no longer kept: the watcher is told.
	 */
	private List<SseFrame> orReset(List<SseFrame> page, long place, AccountTail tail, long now) {
		boolean whole = !page.isEmpty() && page.get(0).seq() == place + 1;
		return whole ? page : List.of(this.encoder.reset(new FeedPosition(now, tail.head())));
	}

}
