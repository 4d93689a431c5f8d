package dev.latchkey.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Random bytes come from a kernel that never makes anybody wait for them, but through a
 * file; the R2DBC driver asks for some when it answers to a password challenge. Jackson
 * has others wait while it learns, once, how a type is read.
 */
public class RandomnessDoesNotBlock implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
		builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
				"_createAndCacheValueDeserializer");
	}

}
