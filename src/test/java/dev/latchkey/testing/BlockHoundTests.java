package dev.latchkey.testing;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Tests that BlockHound is active and reports blocking calls in non-blocking threads.
 */
class BlockHoundTests {

	@Test
	void reportsABlockingCallInANonBlockingThread() {
		StepVerifier.create(Mono.fromCallable(BlockHoundTests::block).subscribeOn(Schedulers.parallel()))
			.verifyErrorMatches((error) -> error instanceof BlockingOperationError
					|| error.getCause() instanceof BlockingOperationError);
	}

	@Test
	void allowsABlockingCallInABlockingThread() {
		StepVerifier.create(Mono.fromCallable(BlockHoundTests::block).subscribeOn(Schedulers.boundedElastic()))
			.expectNext(true)
			.verifyComplete();
	}

	private static boolean block() throws InterruptedException {
		Thread.sleep(1);
		return true;
	}

}
