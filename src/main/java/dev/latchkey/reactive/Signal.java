package dev.latchkey.reactive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells whoever listens at the moment, from any number of threads at once. Saying
 * something never fails and never waits, so it may follow a commit: a thread that finds
 * another one speaking leaves its word with it.
 */
public class Signal<T> {

	private final Queue<T> unsaid = new ConcurrentLinkedQueue<>();

	private final AtomicInteger speaking = new AtomicInteger();

	private final Sinks.Many<T> listeners = Sinks.many().multicast().directBestEffort();

	/**
	 * Says something to all who listen and have room for it.
	 */
	public void say(T word) {
		this.unsaid.add(word);
		if (this.speaking.getAndIncrement() == 0) {
			int said = 1;
			while (said != 0) {
				sayAll();
				said = this.speaking.addAndGet(-said);
			}
		}
	}

	/**
	 * What is said from now on.
	 */
	public Flux<T> words() {
		return this.listeners.asFlux();
	}

	private void sayAll() {
		for (T word = this.unsaid.poll(); word != null; word = this.unsaid.poll()) {
			this.listeners.tryEmitNext(word);
		}
	}

}
