package dev.latchkey.reactive;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said to whom, and that saying it never fails.
 */
class SignalTests {

	private final Signal<Integer> broadcast = new Signal<>();

	@Test
	void whoListensHearsWhatIsSaidFromThenOn() {
		this.broadcast.say(1);
		StepVerifier.create(this.broadcast.words())
			.then(() -> this.broadcast.say(2))
			.then(() -> this.broadcast.say(3))
			.expectNext(2, 3)
			.thenCancel()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void whatIsSaidWhileAnotherSpeaksIsHeardAfterItAndNobodyWaits() throws Exception {
		CountDownLatch hearing = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		var heard = new ConcurrentLinkedQueue<Integer>();
		this.broadcast.words().subscribe((word) -> {
			heard.add(word);
			hearing.countDown();
			awaitQuietly(goOn);
		});
		CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> this.broadcast.say(1));
		hearing.await();
		this.broadcast.say(2);
		assertThat(heard).containsExactly(1);
		goOn.countDown();
		slow.join();
		assertThat(heard).containsExactly(1, 2);
	}

	@Test
	void manyWhoSpeakAtOnceAreAllHeardOneAfterTheOther() {
		var heard = new ConcurrentLinkedQueue<Integer>();
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		this.broadcast.words().subscribe((word) -> {
			overlaps.addAndGet(inside.getAndIncrement());
			heard.add(word);
			inside.decrementAndGet();
		});
		List<CompletableFuture<Void>> speakers = IntStream.range(0, 8)
			.mapToObj((speaker) -> CompletableFuture.runAsync(
					() -> IntStream.range(0, 10_000).forEach((word) -> this.broadcast.say(speaker * 10_000 + word))))
			.toList();
		speakers.forEach(CompletableFuture::join);
		assertThat(overlaps).hasValue(0);
		assertThat(heard).hasSize(80_000).doesNotHaveDuplicates();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
