package dev.latchkey.shared;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that many threads may ring at once, and that one of them answers. Ringing
 * never fails and never waits: what is rung while somebody answers is answered once more
 * afterwards.
 */
public final class Bell {

	private final AtomicInteger rings = new AtomicInteger();

	/**
	 * Rings.
	 * @param answer what is to be done at least once after this; never by two at once,
	 * and it doesn't throw
	 */
	public void ring(Runnable answer) {
		if (this.rings.getAndIncrement() > 0) {
			return;
		}
		int answered = 1;
		do {
			answer.run();
			answered = this.rings.addAndGet(-answered);
		}
		while (answered > 0);
	}

}
