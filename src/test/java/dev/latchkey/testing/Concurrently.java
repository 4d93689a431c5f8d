package dev.latchkey.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Does the same from many threads, which all begin at the same moment.
 */
public final class Concurrently {

	private Concurrently() {
	}

	public static <T> List<T> run(int times, Supplier<T> deed) {
		ExecutorService threads = Executors.newFixedThreadPool(times);
		try {
			CountDownLatch start = new CountDownLatch(times);
			List<CompletableFuture<T>> running = IntStream.range(0, times)
				.mapToObj((number) -> CompletableFuture.supplyAsync(() -> whenAllAreThere(start, deed), threads))
				.toList();
			return running.stream().map(CompletableFuture::join).toList();
		}
		finally {
			threads.shutdown();
		}
	}

	private static <T> T whenAllAreThere(CountDownLatch start, Supplier<T> deed) {
		try {
			start.countDown();
			start.await();
			return deed.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
