package dev.latchkey.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Cancelling a timer, or handing a task to an executor, takes the lock of its own queue
 * for a moment, whoever does it.
 */
public class TimersDoNotBlock implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove");
		builder.allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "execute");
	}

}
