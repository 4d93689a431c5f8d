package dev.latchkey.testing;

/**
 * The tests that run in {@code mvn test}. They must stay fast, so they start nothing.
 */
final class FastRing {

	private FastRing() {
	}

	/**
	 * Fails in a fast test.
	 * @param what is about to start
	 */
	static void refuse(String what) {
		if (Boolean.getBoolean("latchkey.test.fast")) {
			throw new IllegalStateException("A test that starts " + what + " needs @ServiceTest or @DatabaseTest.");
		}
	}

}
