package dev.latchkey.testing;

import java.lang.management.ManagementFactory;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;
import reactor.blockhound.BlockHound;

/**
 * Installs BlockHound in a JVM that runs tests. BlockHound's own listener installs it
 * when the listener is created, which fails in the Maven process: Maven only discovers
 * the tests there, and its JVM cannot be instrumented.
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
