package dev.latchkey.reactive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Multicasts values to all current subscribers, from any number of threads at once.
 * Emitting never fails and never blocks, so it is safe after a commit. A drain loop
 * serializes concurrent emitters: a thread that finds another thread draining leaves its
 * value in the queue for it.
 */
public class Signal<T> {

	private final Queue<T> queue = new ConcurrentLinkedQueue<>();

	/**
	 * Emitted values that are not yet drained; the thread that raises it from 0 drains.
	 */
	private final AtomicInteger pending = new AtomicInteger();

	private final Sinks.Many<T> subscribers = Sinks.many().multicast().directBestEffort();

	/**
	 * Emits a value to all current subscribers. A subscriber without demand misses it.
	 */
	public void emit(T value) {
		this.queue.add(value);
		if (this.pending.getAndIncrement() == 0) {
			int drained = 1;
			while (drained != 0) {
				drainQueue();
				drained = this.pending.addAndGet(-drained);
			}
		}
	}

	/**
	 * The values that are emitted from the time of the subscription.
	 */
	public Flux<T> asFlux() {
		return this.subscribers.asFlux();
	}

	private void drainQueue() {
		for (T value = this.queue.poll(); value != null; value = this.queue.poll()) {
			this.subscribers.tryEmitNext(value);
		}
	}

}
