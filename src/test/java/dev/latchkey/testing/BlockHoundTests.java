package dev.latchkey.testing;

import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/**
 * Whether the run would notice a thread that must not wait and does.
 */
class BlockHoundTests {

	@Test
	void catchesAWaitOnAThreadThatMustNotWait() {
		StepVerifier.create(Mono.fromCallable(BlockHoundTests::waits).subscribeOn(Schedulers.parallel()))
			.verifyErrorMatches((error) -> error instanceof BlockingOperationError
					|| error.getCause() instanceof BlockingOperationError);
	}

	@Test
	void letsThreadsWaitThatAreMeantTo() {
		StepVerifier.create(Mono.fromCallable(BlockHoundTests::waits).subscribeOn(Schedulers.boundedElastic()))
			.expectNext(true)
			.verifyComplete();
	}

	private static boolean waits() throws InterruptedException {
		Thread.sleep(1);
		return true;
	}

}
