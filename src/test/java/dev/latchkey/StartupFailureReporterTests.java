package dev.latchkey;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

import dev.latchkey.shared.StartupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.netty.ChannelBindException;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A start that failed because of the configuration is reported in one line.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartupFailureReporterTests {

	private final StartupFailureReporter reporter = new StartupFailureReporter();

	@Test
	void theSentenceOfAStartupExceptionIsReportedHoweverDeepItIs(CapturedOutput output) {
		StartupException cause = new StartupException("Set latchkey.base-url.");
		assertReported(new IllegalStateException("bean", new RuntimeException(cause)), output,
				"Set latchkey.base-url.");
	}

	@Test
	void aPortInUseIsReportedWithTheSetting(CapturedOutput output) {
		assertReported(new PortInUseException(8080), output,
				"Port 8080 is in use: stop the program that listens on it, or set server.port or management.server.port"
						+ " to another port.");
	}

	@Test
	void anAddressThatThisMachineDoesNotHaveIsReportedWithTheReason(CapturedOutput output) {
		ChannelBindException failure = ChannelBindException.fail(new InetSocketAddress("192.0.2.1", 80),
				new BindException("bind(..) failed: Cannot assign requested address"));
		assertReported(failure, output, "The service can't listen on port 80 of 192.0.2.1"
				+ " (Cannot assign requested address): set server.address and server.port to what this machine allows.");
	}

	@Test
	void aValueOfTheWrongTypeIsReportedWithItsSetting(CapturedOutput output) {
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of("latchkey.wait", "soon")));
		Throwable failure = catchThrowable(() -> binder.bind("latchkey.wait", Bindable.of(Duration.class)));
		assertReported(failure, output, "Wrong configuration at latchkey.wait: 'soon' is not a valid duration.");
	}

	@Test
	void anyOtherFailureIsLeftToSpringBoot(CapturedOutput output) {
		assertThat(this.reporter.reportException(new IllegalStateException("bug"))).isFalse();
		assertThat(output.getErr()).isEmpty();
	}

	private void assertReported(Throwable failure, CapturedOutput output, String sentence) {
		assertThat(this.reporter.reportException(failure)).isTrue();
		assertThat(output.getErr()).isEqualTo("Latchkey does not start. " + sentence + System.lineSeparator());
	}

}
