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
 * The live stream of an account's log. A watcher receives every event once and in order,
 * starting exactly after the position that it has seen.
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
	 * Notifies the watchers on all replicas that events were appended to the account's
	 * log. To be called after the commit; it never fails and never blocks.
	 */
	public void notifyAppended(AccountId account) {
		this.tails.wake(account);
		this.notifications.send(account);
	}

	/**
	 * The position of an event number in the current epoch.
	 */
	public Mono<FeedPosition> position(long seq) {
		return this.epoch.current().map((epoch) -> new FeedPosition(epoch, seq));
	}

	/**
	 * The position of the newest event of an account's log.
	 * @return the position, or {@link ProblemCode#NOT_FOUND}
	 */
	public Mono<FeedPosition> head(AccountId account) {
		return this.log.head(account)
			.switchIfEmpty(Mono.error(DomainException::notFound))
			.flatMap((head) -> position(head.seq()));
	}

	/**
	 * Streams an account's log to its owner.
	 * @param after the cursor to resume from, empty to begin with the next new event
	 * @param closeSignal completes when the stream should end; it ends as soon as it has
	 * sent all events that were written before
	 * @return frames; completes after the close signal, when the account has another
	 * owner or when the database's epoch changes; fails with
	 * {@link ProblemCode#NOT_FOUND} if the viewer is not the owner
	 */
	public Flux<SseFrame> watch(AccountId account, UserId viewer, Optional<FeedPosition> after,
			Mono<Void> closeSignal) {
		return Uncancellable.of(this.log.head(account))
			.filter((head) -> head.owner().equals(viewer))
			.switchIfEmpty(Mono.error(DomainException.notFound()))
			.zipWith(this.epoch.current())
			.flatMapMany((opened) -> openStream(opened.getT1(), opened.getT2(), after, closeSignal));
	}

	private Flux<SseFrame> openStream(EventLog.Head head, long epoch, Optional<FeedPosition> after,
			Mono<Void> closeSignal) {
		FeedPosition present = new FeedPosition(epoch, head.seq());
		Flux<SseFrame> start = after.isEmpty() ? Flux.just(this.encoder.start(present)) : Flux.empty();
		boolean canResume = after.isEmpty() || after.get().isUpTo(present);
		long from = canResume ? after.map(FeedPosition::seq).orElse(head.seq()) : head.seq();
		return Flux
			.concat(canResume ? start : Flux.just(this.encoder.reset(present)),
					readUntilClosed(head, epoch, from, closeSignal))
			.takeUntilOther(this.epoch.changes());
	}

	private Flux<SseFrame> readUntilClosed(EventLog.Head head, long epoch, long from, Mono<Void> closeSignal) {
		// One sink for each watcher: a shared one would search its list of subscribers
		// whenever a batch cancels its subscription.
		Sinks.Empty<Void> closing = Sinks.empty();
		Mono<Void> close = closeSignal.then(this.tails.finalPoll()).doOnSuccess((done) -> closing.tryEmitEmpty());
		return Flux
			.using(() -> this.tails.join(head), (tail) -> readBatches(tail, head, epoch, from, closing.asMono()),
					(tail) -> this.tails.leave(head.account()))
			.takeUntilOther(close.then(Mono.never()));
	}

	/**
	 * Reads one batch after the other, each starting after the last event of the one
	 * before, and no more than the watcher has requested.
	 */
	private Flux<SseFrame> readBatches(AccountTail tail, EventLog.Head head, long epoch, long from,
			Mono<Void> closing) {
		AtomicLong position = new AtomicLong(from);
		tail.updateOwner(head);
		if (tail.isBehind(head)) {
			tail.wake();
		}
		Mono<AccountTail.Batch> closed = closing.then(Mono
			.defer(() -> tail.hasEventsAfter(position.get()) ? Mono.never() : Mono.just(AccountTail.Batch.CLOSED)));
		return Mono.defer(() -> Mono.firstWithSignal(nextBatch(tail, head, epoch, position.get()), closed))
			.doOnNext((batch) -> batch.frames().forEach((frame) -> position.set(frame.seq())))
			.repeat()
			.takeWhile((batch) -> batch.owner().equals(head.owner()))
			.concatMapIterable(AccountTail.Batch::frames, 1);
	}

	private Mono<AccountTail.Batch> nextBatch(AccountTail tail, EventLog.Head head, long epoch, long position) {
		return tail.after(position, head.owner())
			.switchIfEmpty(Mono.defer(() -> this.historyReader.after(head.account(), position, epoch)
				.map((page) -> new AccountTail.Batch(orReset(page, position, tail, epoch), tail.owner()))));
	}

	/**
	 * The page, or a reset if it does not continue at the position: a gap in the log
	 * means that the missing events are no longer stored.
	 */
	private List<SseFrame> orReset(List<SseFrame> page, long position, AccountTail tail, long epoch) {
		boolean continuous = !page.isEmpty() && page.get(0).seq() == position + 1;
		return continuous ? page : List.of(this.encoder.reset(new FeedPosition(epoch, tail.head())));
	}

}
