package dev.latchkey.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.latchkey.shared.Broadcast;
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

	private final Broadcast<Boolean> wakes = new Broadcast<>();

	private volatile Window window;

	AccountTail(EventLog.Head head, int capacity) {
		this.capacity = capacity;
		this.window = new Window(head.seq(), head.seq(), List.of(), head.owner());
	}

	/**
	 * What lies behind a place, as soon as there is anything; also answers, with nothing,
	 * when the owner has changed.
	 * @return a batch, or empty if the place is too old for the memory
	 */
	Mono<Batch> after(long seq) {
		return Mono.defer(() -> {
			Window now = this.window;
			return (seq < now.head()) ? Mono.justOrEmpty(now.after(seq)) : await(seq, now.owner());
		});
	}

	/**
	 * Takes in what was read behind the present head.
	 */
	void append(List<Frame> frames, UserId owner) {
		Window before = this.window;
		if (frames.isEmpty() && owner.equals(before.owner())) {
			return;
		}
		Window now = before.with(frames, owner, this.capacity);
		this.window = now;
		this.waiting.keySet().forEach((sink) -> release(sink, now));
	}

	boolean isBehind(EventLog.Head head) {
		return head.seq() > this.window.head() || !head.owner().equals(this.window.owner());
	}

	long head() {
		return this.window.head();
	}

	UserId owner() {
		return this.window.owner();
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

	private Mono<Batch> await(long seq, UserId owner) {
		return Mono.create((sink) -> {
			sink.onDispose(() -> this.waiting.remove(sink));
			this.waiting.put(sink, seq);
			Window now = this.window;
			if (now.head() > seq || !now.owner().equals(owner)) {
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
	record Batch(List<Frame> frames, UserId owner) {

	}

	/**
	 * An immutable state of the tail: the frames behind {@code from} up to {@code head}.
	 */
	private record Window(long from, long head, List<Frame> frames, UserId owner) {

		Optional<Batch> after(long seq) {
			if (seq < this.from) {
				return Optional.empty();
			}
			int seen = (int) Math.min(seq - this.from, this.frames.size());
			return Optional.of(new Batch(this.frames.subList(seen, this.frames.size()), this.owner));
		}

		Window with(List<Frame> more, UserId newOwner, int capacity) {
			List<Frame> all = new ArrayList<>(this.frames);
			all.addAll(more);
			int dropped = Math.max(0, all.size() - capacity);
			return new Window(this.from + dropped, this.head + more.size(),
					List.copyOf(all.subList(dropped, all.size())), newOwner);
		}

	}

}
