package dev.latchkey.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs the same action in many threads that all start at the same moment.
 */
public final class Concurrently {

	private Concurrently() {
	}

	/**
	 * Runs an action in a number of threads.
	 * @return the results
	 */
	public static <T> List<T> run(int threadCount, Supplier<T> action) {
		ExecutorService threads = Executors.newFixedThreadPool(threadCount);
		try {
			CountDownLatch start = new CountDownLatch(threadCount);
			List<CompletableFuture<T>> running = IntStream.range(0, threadCount)
				.mapToObj((number) -> CompletableFuture.supplyAsync(() -> runWhenAllAreReady(start, action), threads))
				.toList();
			return running.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdown();
		}
	}

	private static <T> T runWhenAllAreReady(CountDownLatch start, Supplier<T> action) {
		try {
			start.countDown();
			start.await();
			return action.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
