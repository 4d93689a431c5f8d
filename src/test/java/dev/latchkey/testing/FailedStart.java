package dev.latchkey.testing;

import java.util.ArrayList;
import java.util.List;

import dev.latchkey.LatchkeyApplication;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A start that fails in the process of the tests, which is faster than in a process of
 * its own. That a failed start also ends its process, with an exit code, does not depend
 * on the reason.
 */
public final class FailedStart {

	private FailedStart() {
	}

	/**
	 * Starts the service and asserts that the start fails.
	 * @param output receives the output of this test and of the preparation of its class
	 * @return all output lines of the start
	 */
	public static List<String> output(CapturedOutput output, String... settings) {
		FastRing.refuse("the service");
		List<String> arguments = new ArrayList<>(List.of(settings));
		arguments.add("--server.port=" + Service.freePort());
		arguments.add("--management.server.port=" + Service.freePort());
		int before = output.getAll().length();
		assertThatException().isThrownBy(() -> LatchkeyApplication.main(arguments.toArray(String[]::new)));
		return output.getAll().substring(before).lines().toList();
	}

}
