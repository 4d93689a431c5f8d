package dev.latchkey.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Calls that BlockHound must not report, because they block a thread only briefly or
 * once.
 */
public class AllowedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		allowRandomBytes(builder);
		allowFirstUseOfJacksonTypes(builder);
		allowTaskQueues(builder);
		allowExpansionOfNettyMemory(builder);
	}

	/**
	 * Random bytes are read from a file of the kernel, which never waits for entropy. The
	 * R2DBC driver needs some to reply to a password challenge.
	 */
	private static void allowRandomBytes(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
	}

	/**
	 * Jackson creates the deserializer of a type once, under a lock. Only concurrent
	 * first requests wait for it.
	 */
	private static void allowFirstUseOfJacksonTypes(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
				"_createAndCacheValueDeserializer");
	}

	/**
	 * To cancel a timer or to submit a task to an executor, a thread briefly takes the
	 * lock of the queue.
	 */
	private static void allowTaskQueues(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove");
		builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute");
	}

	/**
	 * When threads compete for Netty's memory, Netty rarely and briefly locks its memory
	 * regions to add another one.
	 */
	private static void allowExpansionOfNettyMemory(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup",
				"tryExpandMagazines");
	}

}
