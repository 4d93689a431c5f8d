package dev.latchkey.shutdown;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Announces the shutdown of this replica in two steps. While it is draining, everything
 * still works, but clients should use another replica. While it is closing, all streams
 * are closed that would not end by themselves.
 */
public class ShutdownSignal {

	private final Sinks.Empty<Void> closingSink = Sinks.empty();

	private volatile boolean draining;

	private volatile boolean closing;

	private volatile long firstCloseNanos;

	private volatile long lastCloseNanos;

	public void startDraining() {
		this.draining = true;
	}

	public boolean isDraining() {
		return this.draining;
	}

	/**
	 * Starts closing the streams; to be called once.
	 * @param window the time over which the streams are closed, so that their clients do
	 * not all reconnect at once
	 */
	public void startClosing(Duration window) {
		startDraining();
		this.firstCloseNanos = System.nanoTime() + window.dividedBy(10).toNanos();
		this.lastCloseNanos = System.nanoTime() + window.toNanos();
		this.closing = true;
		this.closingSink.tryEmitEmpty();
	}

	public boolean isClosing() {
		return this.closing;
	}

	/**
	 * Completes when the replica starts closing.
	 */
	public Mono<Void> closing() {
		return this.closingSink.asMono();
	}

	/**
	 * The time at which one stream should be closed.
	 * @return completes at a random moment of the close window, a different one for each
	 * subscriber; immediately if the window is over
	 */
	public Mono<Void> nextCloseSlot() {
		return closing().then(Mono.defer(() -> Mono.delay(untilRandomSlot()))).then();
	}

	private Duration untilRandomSlot() {
		long window = this.lastCloseNanos - this.firstCloseNanos;
		long slot = this.firstCloseNanos + (long) (window * ThreadLocalRandom.current().nextDouble());
		return Duration.ofNanos(Math.max(0, slot - System.nanoTime()));
	}

}
