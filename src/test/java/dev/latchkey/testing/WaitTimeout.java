package dev.latchkey.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * How long tests wait for what must come: long enough for a machine that is busy with
 * other tests and other work.
 */
public class WaitTimeout implements TestExecutionListener {

	@Override
	public void testPlanExecutionStarted(TestPlan plan) {
		Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
	}

}
