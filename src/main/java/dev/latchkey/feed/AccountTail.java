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
 * The newest events of one watched account, read once and shared by all who watch it on
 * this replica. A watcher is a cursor: it takes what lies behind its place and asks
 * again, so a slow one costs no more than a fast one.
 */
class AccountTail {

	private final int capacity;

	private final Map<MonoSink<Batch>, Long> waiting = new ConcurrentHashMap<>();

	private final Signal<Boolean> wakes = new Signal<>();

	private final AtomicReference<Window> window;

	private volatile long expected;

	AccountTail(EventLog.Head head, int capacity) {
		this.capacity = capacity;
		this.window = new AtomicReference<>(new Window(head.seq(), head.seq(), List.of(), head.owner()));
	}

	/**
	 * What lies behind a place, as soon as there is anything; also answers, with nothing,
	 * as soon as the owner is another than the watcher.
	 * @return a batch, or empty if the place is too old for the memory
	 */
	Mono<Batch> after(long seq, UserId watcher) {
		return Mono.defer(() -> {
			Window now = window();
			return now.concerns(seq, watcher) ? Mono.justOrEmpty(now.after(seq)) : await(seq, watcher);
		});
	}

	/**
	 * Takes in what was read behind the present head.
	 */
	void append(List<SseFrame> frames, UserId owner) {
		if (!frames.isEmpty() || !owner.equals(owner())) {
			move((before) -> before.with(frames, owner, this.capacity));
		}
	}

	/**
	 * Takes in what somebody else has read, if it is as new as what is known here: a new
	 * owner does not wait for the next reading.
	 */
	void meet(EventLog.Head head) {
		if (!head.owner().equals(owner()) && head.seq() >= head()) {
			move((before) -> before.with(List.of(), head.owner(), this.capacity));
		}
	}

	private Window window() {
		return Objects.requireNonNull(this.window.get());
	}

	private void move(UnaryOperator<Window> change) {
		Window now = this.window.updateAndGet(change);
		this.waiting.keySet().forEach((sink) -> release(sink, now));
	}

	boolean isBehind(EventLog.Head head) {
		return head.seq() > head() || !head.owner().equals(owner());
	}

	/**
	 * Says that there is more to read, up to this head.
	 */
	void expect(EventLog.Head head) {
		this.expected = head.seq();
		wake();
	}

	/**
	 * Whether there is anything behind a place, read or still expected.
	 */
	boolean goesBeyond(long place) {
		return place < Math.max(head(), this.expected);
	}

	long head() {
		return window().head();
	}

	UserId owner() {
		return window().owner();
	}

	/**
	 * Says that there may be more to read.
	 */
	void wake() {
		this.wakes.say(true);
	}

	Flux<Boolean> wakes() {
		return this.wakes.words();
	}

	private Mono<Batch> await(long seq, UserId watcher) {
		return Mono.create((sink) -> {
			sink.onDispose(() -> this.waiting.remove(sink));
			this.waiting.put(sink, seq);
			Window now = window();
			if (now.concerns(seq, watcher)) {
				release(sink, now);
			}
		});
	}

	private void release(MonoSink<Batch> sink, Window now) {
		Long seq = this.waiting.remove(sink);
		if (seq != null) {
			now.after(seq).ifPresentOrElse(sink::success, sink::success);
		}
	}

	/**
	 * Some frames in order, and whose account it was when they were read.
	 */
	record Batch(List<SseFrame> frames, UserId owner) {

		/** In the place of further batches: nobody owns it, so every watcher ends. */
		static final Batch OVER = new Batch(List.of(), new UserId(new UUID(0, 0)));

	}

	/**
	 * An immutable state of the tail: the frames behind {@code from} up to {@code head}.
	 */
	private record Window(long from, long head, List<SseFrame> frames, UserId owner) {

		boolean concerns(long seq, UserId watcher) {
			return seq < this.head || !watcher.equals(this.owner);
		}

		Optional<Batch> after(long seq) {
			if (seq < this.from) {
				return Optional.empty();
			}
			int seen = (int) Math.min(seq - this.from, this.frames.size());
			return Optional.of(new Batch(this.frames.subList(seen, this.frames.size()), this.owner));
		}

		/**
		 * What is read while the oldest events go may leave a gap behind the head: then
		 * all that is known begins behind the gap.
		 */
		Window with(List<SseFrame> more, UserId newOwner, int capacity) {
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
