package dev.latchkey.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * When threads compete for Netty's memory, it adds another share of it and gives the old
 * ones back, each under its lock, for a moment and seldom.
 */
public class MemoryDoesNotBlock implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup",
				"tryExpandMagazines");
	}

}
