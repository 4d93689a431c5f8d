package dev.latchkey.testing;

import java.lang.management.ManagementFactory;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Has BlockHound watch all threads of a JVM that runs tests. Its own listener would do so
 * when it is made, also in Maven, which only looks for the tests and can't be
 * instrumented.
 */
public class BlockHoundInstaller implements TestExecutionListener {

	private static final String INSTRUMENTABLE = "-XX:+AllowRedefinitionToAddDeleteMethods";

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		if (ManagementFactory.getRuntimeMXBean().getInputArguments().contains(INSTRUMENTABLE)) {
			BlockHound.install();
		}
	}

}
