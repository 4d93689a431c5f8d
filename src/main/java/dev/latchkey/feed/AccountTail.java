package dev.latchkey.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.latchkey.reactive.Signal;
import dev.latchkey.shared.UserId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The newest events of one watched account, read once and shared by all watchers on this
 * replica. A watcher is only a cursor: it takes the events after its position and then
 * requests the next ones, so a slow watcher costs no more than a fast one.
 */
class AccountTail {

	private final int capacity;

	private final Map<MonoSink<Batch>, Long> waiting = new ConcurrentHashMap<>();

	private final Signal<Boolean> wakeSignal = new Signal<>();

	private final AtomicReference<Window> window;

	private volatile long expectedHead;

	AccountTail(EventLog.Head head, int capacity) {
		this.capacity = capacity;
		this.window = new AtomicReference<>(new Window(head.seq(), head.seq(), List.of(), head.owner()));
	}

	/**
	 * Waits for events after a position, or for a change of the owner.
	 * @param viewer the user for whom the watcher reads
	 * @return a batch of the events, without frames if only the owner has changed;
	 * completes empty if the events after the position are not in memory
	 */
	Mono<Batch> after(long seq, UserId viewer) {
		return Mono.defer(() -> {
			Window current = window();
			return current.hasNewsFor(seq, viewer) ? Mono.justOrEmpty(current.after(seq)) : await(seq, viewer);
		});
	}

	/**
	 * Adds events that were read after the current head, and the owner at that time.
	 */
	void append(List<SseFrame> frames, UserId owner) {
		if (!frames.isEmpty() || !owner.equals(owner())) {
			update((window) -> window.append(frames, owner, this.capacity));
		}
	}

	/**
	 * Takes over the owner of a head that a watcher has read, unless the head is older
	 * than this tail. A new owner can then watch without waiting for the next read.
	 */
	void updateOwner(EventLog.Head head) {
		if (!head.owner().equals(owner()) && head.seq() >= head()) {
			update((window) -> window.append(List.of(), head.owner(), this.capacity));
		}
	}

	private Window window() {
		return Objects.requireNonNull(this.window.get());
	}

	private void update(UnaryOperator<Window> change) {
		Window updated = this.window.updateAndGet(change);
		this.waiting.keySet().forEach((sink) -> release(sink, updated));
	}

	/**
	 * Whether the head has events or an owner that this tail does not know.
	 */
	boolean isBehind(EventLog.Head head) {
		return head.seq() > head() || !head.owner().equals(owner());
	}

	/**
	 * Makes this tail read on, at least up to this head.
	 */
	void readUpTo(EventLog.Head head) {
		this.expectedHead = head.seq();
		wake();
	}

	/**
	 * Whether there are events after a position, in memory or still to be read.
	 */
	boolean hasEventsAfter(long seq) {
		return seq < Math.max(head(), this.expectedHead);
	}

	/**
	 * The number of the newest event in memory.
	 */
	long head() {
		return window().head();
	}

	UserId owner() {
		return window().owner();
	}

	/**
	 * Requests that this tail reads on, because there may be new events.
	 */
	void wake() {
		this.wakeSignal.emit(true);
	}

	/**
	 * Emits when new events should be read.
	 */
	Flux<Boolean> wakeSignals() {
		return this.wakeSignal.asFlux();
	}

	private Mono<Batch> await(long seq, UserId viewer) {
		return Mono.create((sink) -> {
			sink.onDispose(() -> this.waiting.remove(sink));
			this.waiting.put(sink, seq);
			// Checked again: the window may have changed before the sink was registered.
			Window current = window();
			if (current.hasNewsFor(seq, viewer)) {
				release(sink, current);
			}
		});
	}

	private void release(MonoSink<Batch> sink, Window current) {
		Long seq = this.waiting.remove(sink);
		if (seq != null) {
			current.after(seq).ifPresentOrElse(sink::success, sink::success);
		}
	}

	/**
	 * Some frames in order, and the account's owner when they were read.
	 */
	record Batch(List<SseFrame> frames, UserId owner) {

		/**
		 * Ends a stream: no user has its owner's id, so no watcher continues after it.
		 */
		static final Batch CLOSED = new Batch(List.of(), new UserId(new UUID(0, 0)));

	}

	/**
	 * An immutable state of the tail: the frames after {@code from} up to {@code head}.
	 */
	private record Window(long from, long head, List<SseFrame> frames, UserId owner) {

		boolean hasNewsFor(long seq, UserId viewer) {
			return seq < this.head || !viewer.equals(this.owner);
		}

		Optional<Batch> after(long seq) {
			if (seq < this.from) {
				return Optional.empty();
			}
			int seen = (int) Math.min(seq - this.from, this.frames.size());
			return Optional.of(new Batch(this.frames.subList(seen, this.frames.size()), this.owner));
		}

		/**
		 * Adds frames and removes the oldest ones beyond the capacity. If events were
		 * deleted before they could be read, there is a gap after the head: then the new
		 * window contains only the frames after the gap.
		 */
		Window append(List<SseFrame> more, UserId newOwner, int capacity) {
			if (more.isEmpty()) {
				return new Window(this.from, this.head, this.frames, newOwner);
			}
			boolean gap = more.get(0).seq() != this.head + 1;
			List<SseFrame> all = new ArrayList<>(gap ? List.of() : this.frames);
			all.addAll(more);
			int dropped = Math.max(0, all.size() - capacity);
			return new Window(all.get(0).seq() - 1 + dropped, more.get(more.size() - 1).seq(),
					List.copyOf(all.subList(dropped, all.size())), newOwner);
		}

	}

}
