package dev.latchkey.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Sets how long and how often tests wait for a condition. The timeout is long enough for
 * a busy machine, and the poll interval is short, because most conditions hold within a
 * few milliseconds.
 */
public class WaitDefaults implements TestExecutionListener {

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
		Awaitility.setDefaultPollInterval(Duration.ofMillis(50));
	}

}
