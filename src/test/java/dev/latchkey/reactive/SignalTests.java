package dev.latchkey.reactive;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A signal reaches all current subscribers, one value at a time, and emitting never
 * fails.
 */
class SignalTests {

	private final Signal<Integer> signal = new Signal<>();

	@Test
	void subscribersReceiveTheValuesEmittedAfterTheirSubscription() {
		this.signal.emit(1);
		StepVerifier.create(this.signal.asFlux())
			.then(() -> this.signal.emit(2))
			.then(() -> this.signal.emit(3))
			.expectNext(2, 3)
			.thenCancel()
			.verify(Duration.ofSeconds(5));
	}

	@Test
	void aValueEmittedDuringAnotherEmissionIsDeliveredAfterItWithoutBlocking() throws Exception {
		CountDownLatch delivering = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		var received = new ConcurrentLinkedQueue<Integer>();
		this.signal.asFlux().subscribe((value) -> {
			received.add(value);
			delivering.countDown();
			awaitLatch(release);
		});
		CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> this.signal.emit(1));
		delivering.await();
		this.signal.emit(2);
		assertThat(received).containsExactly(1);
		release.countDown();
		slow.join();
		assertThat(received).containsExactly(1, 2);
	}

	@Test
	void concurrentEmissionsAreAllDeliveredOneAtATime() {
		var received = new ConcurrentLinkedQueue<Integer>();
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		this.signal.asFlux().subscribe((value) -> {
			overlaps.addAndGet(inside.getAndIncrement());
			received.add(value);
			inside.decrementAndGet();
		});
		List<CompletableFuture<Void>> emitters = IntStream.range(0, 8)
			.mapToObj((emitter) -> CompletableFuture.runAsync(
					() -> IntStream.range(0, 10_000).forEach((value) -> this.signal.emit(emitter * 10_000 + value))))
			.toList();
		emitters.forEach(CompletableFuture::join);
		assertThat(overlaps).hasValue(0);
		assertThat(received).hasSize(80_000).doesNotHaveDuplicates();
	}

	@Test
	void allSubscribersReceiveAValue() {
		List<Integer> one = new ArrayList<>();
		List<Integer> two = new ArrayList<>();
		Disposable first = this.signal.asFlux().subscribe(one::add);
		this.signal.asFlux().subscribe(two::add);
		this.signal.emit(1);
		first.dispose();
		this.signal.emit(2);
		assertThat(one).containsExactly(1);
		assertThat(two).containsExactly(1, 2);
	}

	@Test
	void aSubscriberWithoutDemandMissesAValueAndDelaysNoOtherOne() {
		List<Integer> other = new ArrayList<>();
		StepVerifier.create(this.signal.asFlux(), 0)
			.then(() -> this.signal.asFlux().subscribe(other::add))
			.then(() -> this.signal.emit(1))
			.thenRequest(1)
			.then(() -> this.signal.emit(2))
			.expectNext(2)
			.thenCancel()
			.verify(Duration.ofSeconds(5));
		assertThat(other).containsExactly(1, 2);
	}

	@Test
	void aValueThatASubscriberEmitsIsDeliveredAfterTheOneThatItReceives() {
		List<Integer> one = new ArrayList<>();
		List<Integer> two = new ArrayList<>();
		this.signal.asFlux().doOnNext(one::add).filter((value) -> value < 3).subscribe((value) -> {
			this.signal.emit(value + 1);
		});
		this.signal.asFlux().subscribe(two::add);
		this.signal.emit(1);
		assertThat(one).containsExactly(1, 2, 3);
		assertThat(two).containsExactly(1, 2, 3);
	}

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
